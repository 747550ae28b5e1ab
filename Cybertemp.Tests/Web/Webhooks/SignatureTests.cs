using System.Text;
using System.Text.Json;
using Cybertemp.Mail.Webhooks;
using Cybertemp.Tests.Support;

namespace Cybertemp.Tests.Web.Webhooks;

public sealed class SignatureTests
{
    private static readonly string Verifier = Path.Combine(
        Repository.Root, "Cybertemp.Tests", "Web", "Webhooks", "Verifier", "verify.mjs");

    [Theory]
    [InlineData("whsec_", 24, true)]
    [InlineData("whsec_", 64, true)]
    [InlineData("whsec_", 23, false)]
    [InlineData("whsec_", 65, false)]
    [InlineData("secret_", 32, false)]
    public void A_secret_has_24_to_64_octets(string prefix, int octets, bool isSecret)
    {
        var secret = WebhookSecret.Parse(prefix + Convert.ToBase64String(new byte[octets]));
        Assert.Equal(isSecret, secret is not null);
        Assert.Equal(isSecret ? "whsec_***" : null, secret?.ToString());
    }

    /// <summary>The unchanged library of Standard Webhooks takes what is signed here, and nothing else.</summary>
    [Fact]
    public async Task The_library_of_Standard_Webhooks_verifies_it()
    {
        Fetched.OrSkip(Path.Combine(Path.GetDirectoryName(Verifier)!, "node_modules", "standardwebhooks"));
        var secret = WebhookSecret.Create();
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        const string Body = """{"type":"message.received","data":{"subject":"Grüße ✓"}}""";
        await VerifyAsync(secret, now, secret.Sign("msg_1", now, Encoding.UTF8.GetBytes(Body)), Body);
        foreach (var (time, body) in ((long, string)[])[(now + 1, Body), (now, Body + " ")])
        {
            await Assert.ThrowsAsync<InvalidOperationException>(() => VerifyAsync(
                secret, time, secret.Sign("msg_1", now, Encoding.UTF8.GetBytes(Body)), body));
        }
    }

    private static async Task VerifyAsync(WebhookSecret secret, long time, string signature, string body)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(new
        {
            headers = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["webhook-id"] = "msg_1",
                ["webhook-timestamp"] = $"{time}",
                ["webhook-signature"] = signature,
            },
            body,
        }));
        await ChildProcess.RunAsync(null, "node", Verifier, secret.Reveal(), file);
        File.Delete(file);
    }
}
