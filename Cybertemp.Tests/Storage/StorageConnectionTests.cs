using Cybertemp.SmtpReceiver.Commit;
using Cybertemp.Tests.Commit;
using Cybertemp.Tests.Support;

namespace Cybertemp.Tests.Storage;

public sealed class StorageConnectionTests(Servers servers)
{
    [Fact]
    public async Task Mail_is_stored_through_a_Unix_socket()
    {
        var connectionString = await servers.Postgres.CreateDatabaseAsync();
        var socket = Path.GetDirectoryName(servers.Postgres.DataDirectory);
        await using var storage = await StorageHost.StartAsync($"{connectionString};Host={socket}");

        Assert.Equal(WriteOutcome.Committed, await storage.WriteAsync(Messages.To("a@t")));
        Assert.True(await storage.DataSource.ScalarAsync<bool>("select inet_server_addr() is null"));
    }
}
