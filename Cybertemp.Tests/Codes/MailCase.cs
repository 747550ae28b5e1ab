namespace Cybertemp.Tests.Codes;

/// <summary>A mail and the right answers.</summary>
internal sealed record MailCase(string Name, string Subject, string From, string Text, string Html, string? Code,
    string? Link);
