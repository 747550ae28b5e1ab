namespace Cybertemp.Mail.Mime.Body;

/// <summary>One text of the body: plain, or HTML as sent. Never blank.</summary>
internal sealed record TextLeaf(string Content, bool IsHtml);
