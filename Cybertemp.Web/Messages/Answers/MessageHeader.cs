namespace Cybertemp.Web.Messages.Answers;

/// <summary>A header field, its value decoded and unfolded.</summary>
internal sealed record MessageHeader(string Name, string Value);
