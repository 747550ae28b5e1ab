using System.Text;

namespace Cybertemp.Cli;

/// <summary>A password, from one line of the standard input; asked for without an echo at a terminal.</summary>
internal static class PasswordInput
{
    /// <summary>Null at the end of the input.</summary>
    public static async Task<string?> ReadAsync(CancellationToken ct)
    {
        if (Console.IsInputRedirected)
        {
            return await Console.In.ReadLineAsync(ct);
        }

        await Console.Error.WriteAsync("Password: ");
        var password = ReadKeys();
        await Console.Error.WriteLineAsync();
        return password;
    }

    private static string ReadKeys()
    {
        var password = new StringBuilder();
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } pressed)
        {
            if (pressed.Key is not ConsoleKey.Backspace)
            {
                password.Append(pressed.KeyChar);
            }
            else if (password.Length > 0)
            {
                password.Length--;
            }
        }

        return password.ToString();
    }
}
