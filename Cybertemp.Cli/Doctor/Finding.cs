namespace Cybertemp.Cli.Doctor;

/// <summary>One thing that was looked at.</summary>
/// <param name="Subject">What was looked at, in a word or two.</param>
/// <param name="Advice">What to do; null when there is nothing.</param>
internal sealed record Finding(FindingLevel Level, string Subject, string Text, string? Advice = null)
{
    public static Finding Ok(string subject, string text) => new(FindingLevel.Ok, subject, text);

    public static Finding Note(string subject, string text, string? advice = null) =>
        new(FindingLevel.Note, subject, text, advice);

    public static Finding Problem(string subject, string text, string advice) =>
        new(FindingLevel.Problem, subject, text, advice);

    /// <summary>One line, and another for the advice.</summary>
    public string ToText()
    {
        var word = Level switch
        {
            FindingLevel.Ok => "ok",
            FindingLevel.Note => "note",
            FindingLevel.Problem => "PROBLEM",
        };
        return Advice is null ? $"{word,-8}{Subject}: {Text}" : $"{word,-8}{Subject}: {Text}\n{"",-8}-> {Advice}";
    }
}
