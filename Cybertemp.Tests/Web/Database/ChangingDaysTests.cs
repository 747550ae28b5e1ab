using System.Net;
using Cybertemp.Mail.Schema;
using Cybertemp.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cybertemp.Tests.Web.Database;

public sealed class ChangingDaysTests(Servers servers)
{
    private const int Readers = 6;
    private const int ReadsEach = 100;

    /// <summary>A plan that is kept is of the days that there were when it was made.</summary>
    [Fact]
    public async Task Readers_notice_nothing_when_days_come_and_go()
    {
        await using var mail = await Mailroom.OpenAsync(await servers.Postgres.CreateDatabaseAsync());
        await using var web = await WebHost.StartAsync(mail.ConnectionString);
        await mail.DeliverAsync("box@temp.example", "hello");
        var id = await mail.NewestIdAsync("box@temp.example");
        var reading = Task.WhenAll(Enumerable.Range(0, Readers).Select(
            i => Task.Run(() => ReadAsync(web.Client, id, isList: i % 2 == 0))));

        var partitions = new EmailPartitions(mail.DataSource, NullLogger<EmailPartitions>.Instance);
        var retention = new Retention(
            mail.DataSource, partitions, Retention.DefaultAge, static _ => { }, NullLogger<Retention>.Instance);
        var day = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(-20);
        var dropped = 0;
        for (; !reading.IsCompleted; day = day.AddDays(-1))
        {
            await mail.ScalarAsync(FormattableString.Invariant($"select emails_add_day('{day:yyyy-MM-dd}')"));
            dropped += await retention.RunAsync(force: true, CancellationToken.None) ? 1 : 0;
        }

        await reading;
        Assert.NotEqual(0, dropped);
    }

    private static async Task ReadAsync(HttpClient http, Guid id, bool isList)
    {
        var uri = new Uri(
            isList ? "/v1/inboxes/box@temp.example/messages" : $"/v1/messages/{id}", UriKind.Relative);
        for (var read = 0; read < ReadsEach; read++)
        {
            using var answer = await http.GetAsync(uri);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            var text = await answer.Content.ReadAsStringAsync();
            Assert.Contains("hello", text, StringComparison.Ordinal);
        }
    }
}
