using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Aspire.Hosting;

/// <summary>The AppHost's <c>secrets.json</c>. Two AppHosts that start at once agree on one value, and nobody sees half a file.</summary>
internal sealed class UserSecrets(string path)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public string GetOrSet(string key, Func<string> create)
    {
        using var exclusive = new Mutex(initiallyOwned: false, MutexName());
        exclusive.WaitOne();
        try
        {
            var secrets = File.Exists(path) ? JsonNode.Parse(File.ReadAllText(path))!.AsObject() : [];
            return secrets[key]?.GetValue<string>() ?? Add(secrets, key, create());
        }
        finally
        {
            exclusive.ReleaseMutex();
        }
    }

    private string MutexName() => "secrets-" + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(path)), 0, 8);

    private string Add(JsonObject secrets, string key, string value)
    {
        secrets[key] = value;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var temporary = path + ".tmp";
        File.WriteAllText(temporary, string.Empty);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(temporary, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        File.WriteAllText(temporary, secrets.ToJsonString(Indented));
        File.Move(temporary, path, overwrite: true);
        return value;
    }
}
