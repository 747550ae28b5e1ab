namespace Cybertemp.SmtpReceiver.Storage.Operators;

/// <summary>The streams of one command.</summary>
/// <param name="Input">Where a password comes from, one line.</param>
/// <param name="Output">Results; an export writes its octets here.</param>
/// <param name="Error">What went wrong, for people.</param>
internal sealed record OperatorConsole(TextReader Input, Stream Output, TextWriter Error)
{
    /// <summary>Those of the process.</summary>
    public static OperatorConsole OfProcess() => new(Console.In, Console.OpenStandardOutput(), Console.Error);

    public async Task WriteLineAsync(string line) => await Output.WriteAsync(System.Text.Encoding.UTF8.GetBytes(line + "\n"));
}
