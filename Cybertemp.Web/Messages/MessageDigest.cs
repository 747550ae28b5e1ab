namespace Cybertemp.Web.Messages;

/// <summary>What a list says of a message's content. The content never changes, so neither does this.</summary>
internal sealed record MessageDigest(string Intro, string? Code, string? Link);
