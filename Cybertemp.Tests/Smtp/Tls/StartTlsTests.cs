using System.Security.Cryptography.X509Certificates;
using System.Text;
using Cybertemp.SmtpReceiver.Smtp.Tls;

namespace Cybertemp.Tests.Smtp.Tls;

/// <summary>STARTTLS over real sockets: RFC 3207.</summary>
public sealed class StartTlsTests
{
    private const string SelfSigned = "Smtp:Tls:SelfSigned=true";

    [Fact]
    public async Task Takes_mail_encrypted_and_stores_how()
    {
        await using var host = await SmtpHost.StartAsync(SelfSigned);
        await using var client = await SmtpTestClient.ConnectAsync(host.Port);
        await client.ExpectAsync("220");
        await client.ExchangeAsync("EHLO client.example", "250 STARTTLS");
        await client.ExchangeAsync("STARTTLS", "220 2.0.0");
        await using var tls = await client.SecureAsync();
        await tls.ExchangeAsync("MAIL FROM:<a@client.example>", "503 5.5.1");
        await tls.ExchangeAsync("STARTTLS", "503 5.5.1 TLS is active already");
        await tls.ExchangeAsync("EHLO secret.example", "250 LIMITS");
        await tls.ExchangeAsync("MAIL FROM:<a@client.example>", "250");
        await tls.ExchangeAsync("RCPT TO:<box@temp.example>", "250");
        await tls.ExchangeAsync("DATA", "354");
        await tls.SendAsync(new string('x', 200_000) + "\r\n.\r\n");
        await tls.ExpectAsync("250 2.0.0 Ok: Message accepted");
        await tls.ExchangeAsync("QUIT", "221");
        Assert.Null(await tls.ReadReplyAsync());
        var message = Assert.Single(host.Sink.Messages);
        Assert.StartsWith("TLSv1.3 TLS_", message.Envelope.Tls, StringComparison.Ordinal);
        Assert.Equal("secret.example", message.Envelope.Helo);
        Assert.Equal(200_002, message.Content.Length);
    }

    [Fact]
    public async Task Throws_away_what_came_in_clear_after_STARTTLS()
    {
        await using var host = await SmtpHost.StartAsync(SelfSigned);
        await using var client = await SmtpTestClient.ConnectAsync(host.Port);
        await client.ExpectAsync("220");
        await client.ExchangeAsync("EHLO client.example", "250");
        await client.SendAsync("STARTTLS\r\nEHLO injected\r\nMAIL FROM:<evil@client.example>\r\n");
        await client.ExpectAsync("220 2.0.0");
        await using var tls = await client.SecureAsync();
        await tls.ExchangeAsync("RCPT TO:<box@temp.example>", "503 5.5.1");
    }

    [Fact]
    public async Task Closes_when_the_handshake_fails()
    {
        await using var host = await SmtpHost.StartAsync(SelfSigned);
        await using var client = await SmtpTestClient.ConnectAsync(host.Port);
        await client.ExpectAsync("220");
        await client.ExchangeAsync("EHLO client.example", "250");
        await client.ExchangeAsync("STARTTLS", "220");
        await client.SendAsync("MAIL FROM:<a@client.example>\r\n");
        await AssertClosedAsync(client);
    }

    [Fact]
    public async Task Closes_when_the_handshake_takes_too_long()
    {
        await using var host = await SmtpHost.StartAsync(SelfSigned, "Smtp:Tls:HandshakeTimeout=00:00:00.1");
        await using var client = await SmtpTestClient.ConnectAsync(host.Port);
        await client.ExpectAsync("220");
        await client.ExchangeAsync("EHLO client.example", "250");
        await client.ExchangeAsync("STARTTLS", "220");
        await AssertClosedAsync(client);
    }

    [Fact]
    public async Task A_silent_encrypted_session_times_out_with_421()
    {
        await using var host = await SmtpHost.StartAsync(SelfSigned, "Smtp:CommandTimeout=00:00:01");
        await using var client = await SmtpTestClient.ConnectAsync(host.Port);
        await using var tls = await client.StartTlsAsync();
        await tls.ExchangeAsync("NOOP", "250");
        await tls.ExpectAsync("421 4.4.2");
        Assert.Null(await tls.ReadReplyAsync());
    }

    [Fact]
    public async Task Uses_a_PEM_certificate_and_the_one_that_replaces_it()
    {
        using var directory = new TemporaryDirectory();
        var (path, key) = (Path.Combine(directory.Path, "cert.pem"), Path.Combine(directory.Path, "key.pem"));
        var time = new ManualTime();
        await WriteCertificateAsync("first.example", path, key);
        await using var services = SmtpFixture.CreateServices(
            new FakeSink(), new FakePolicies(), time, $"Smtp:Tls:CertificatePath={path}", $"Smtp:Tls:KeyPath={key}");
        var certificates = services.GetCertificates();
        Assert.Equal("CN=first.example", Subject(certificates));

        await WriteCertificateAsync("second.example", path, key);
        File.SetLastWriteTimeUtc(path, File.GetLastWriteTimeUtc(path).AddSeconds(1));
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal("CN=second.example", Subject(certificates));

        await File.WriteAllTextAsync(path, "-----BEGIN nonsense");
        File.SetLastWriteTimeUtc(path, File.GetLastWriteTimeUtc(path).AddSeconds(2));
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal("CN=second.example", Subject(certificates));
    }

    [Fact]
    public async Task Uses_a_PFX_certificate()
    {
        using var directory = new TemporaryDirectory();
        var path = Path.Combine(directory.Path, "cert.pfx");
        using var certificate = SelfSignedCertificate.Create("pfx.example", TimeProvider.System);
        await File.WriteAllBytesAsync(path, certificate.Export(X509ContentType.Pfx, "secret"));
        await using var services = SmtpFixture.CreateServices(
            new FakeSink(), new FakePolicies(), TimeProvider.System, $"Smtp:Tls:CertificatePath={path}",
            "Smtp:Tls:Password=secret");
        Assert.Equal("CN=pfx.example", Subject(services.GetCertificates()));
    }

    [Fact]
    public async Task A_certificate_that_is_not_there_stops_the_start_and_is_named()
    {
        var failure = await Assert.ThrowsAsync<Microsoft.Extensions.Options.OptionsValidationException>(
            static () => SmtpHost.StartAsync("Smtp:Tls:CertificatePath=/nowhere/cert.pem"));
        Assert.Contains("Smtp:Tls:CertificatePath", failure.Message, StringComparison.Ordinal);
        Assert.Contains("/nowhere", failure.Message, StringComparison.Ordinal);
    }

    private static string Subject(TlsCertificates certificates) =>
        certificates.Current.ServerCertificateContext!.TargetCertificate.Subject;

    private static async Task WriteCertificateAsync(string name, string path, string keyPath)
    {
        using var certificate = SelfSignedCertificate.Create(name, TimeProvider.System);
        using var key = certificate.GetECDsaPrivateKey()!;
        await File.WriteAllTextAsync(keyPath, key.ExportPkcs8PrivateKeyPem());
        await File.WriteAllTextAsync(path, certificate.ExportCertificatePem());
    }

    /// <summary>The server may still say a TLS alert.</summary>
    private static async Task AssertClosedAsync(SmtpTestClient client)
    {
        using var rest = new MemoryStream();
        try
        {
            await client.Stream.CopyToAsync(rest).WaitAsync(TimeSpan.FromSeconds(10));
        }
        catch (IOException)
        {
            // A reset closes, too.
        }

        Assert.DoesNotContain("250", Encoding.Latin1.GetString(rest.ToArray()), StringComparison.Ordinal);
    }
}
