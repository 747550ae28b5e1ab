using Cybertemp.Tests.Support;

namespace Cybertemp.Tests.Web.Dialects;

/// <summary>A database and a service that speaks every dialect over it; each test has an inbox of its own.</summary>
public sealed class DialectFixture(Servers servers) : IAsyncLifetime
{
    public const string OperatorKey = "the key of all mail";
    public const string ApiKey = "tk_0123456789abcdef";

    private int _inboxes;

    internal Mailroom Mail { get; private set; } = null!;

    internal WebHost Web { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Mail = await Mailroom.OpenAsync(await servers.Postgres.CreateDatabaseAsync());
        await Mail.ScalarAsync(
            "insert into domains (domain) values ('temp.example'), ('other.test'), ('*.many.example')");
        Web = await WebHost.StartAsync(
            Mail.ConnectionString, $"Web:OperatorKey={OperatorKey}", $"Web:ApiKeys={ApiKey}, tk_fedcba9876543210",
            "Web:Mailpit=true", "Web:MailTm=true");
    }

    public string NewInbox() => $"box{Interlocked.Increment(ref _inboxes)}@temp.example";

    public async ValueTask DisposeAsync()
    {
        await Web.DisposeAsync();
        await Mail.DisposeAsync();
    }
}
