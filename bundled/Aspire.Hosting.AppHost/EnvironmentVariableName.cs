namespace Aspire.Hosting;

internal static class EnvironmentVariableName
{
    /// <summary>What is no ASCII letter or digit becomes <c>_</c>, and a digit in front gets one.</summary>
    public static string Encode(string name)
    {
        var encoded = string.Create(name.Length, name, static (span, name) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = char.IsAsciiLetterOrDigit(name[i]) ? name[i] : '_';
            }
        });
        return encoded is [>= '0' and <= '9', ..] ? "_" + encoded : encoded;
    }
}
