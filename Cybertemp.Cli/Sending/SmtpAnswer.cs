namespace Cybertemp.Cli.Sending;

/// <summary>A server's reply, its last line.</summary>
internal readonly record struct SmtpAnswer(string Text)
{
    public bool IsPositive => Text is ['2' or '3', ..];
}
