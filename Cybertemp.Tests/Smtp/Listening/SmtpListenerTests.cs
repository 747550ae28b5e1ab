using System.Text;
using Cybertemp.SmtpReceiver.Smtp;

namespace Cybertemp.Tests.Smtp.Listening;

public sealed class SmtpListenerTests
{
    [Fact]
    public async Task Serves_IPv4_and_IPv6_on_one_socket()
    {
        await using var host = await SmtpHost.StartAsync();
        foreach (var address in (string[])["127.0.0.1", "::1"])
        {
            await using var client = await SmtpTestClient.ConnectAsync(host.Port, address);
            await client.BeginDataAsync();
            await client.SendAsync("hi\r\n.\r\n");
            await client.ExpectAsync("250 2.0.0 Ok: Message accepted");
        }

        Assert.Equal("127.0.0.1, ::1", string.Join(", ", host.Sink.Messages.Select(m => m.Envelope.ClientAddress)));
    }

    [Fact]
    public async Task Stopping_ends_idle_sessions_at_once_and_finishes_messages()
    {
        await using var host = await SmtpHost.StartAsync();
        await using var idle = await SmtpTestClient.ConnectAsync(host.Port);
        await using var busy = await SmtpTestClient.ConnectAsync(host.Port);
        await idle.ExpectAsync("220");
        await busy.BeginDataAsync();

        var stopping = host.StopAsync();
        await idle.ExpectAsync("421 4.3.2");
        Assert.Null(await idle.ReadReplyAsync());
        await busy.SendAsync("late\r\n.\r\n");
        await busy.ExpectAsync("250 2.0.0");
        await busy.ExpectAsync("421 4.3.2");
        await stopping;
        Assert.Equal("late\r\n", Encoding.ASCII.GetString(Assert.Single(host.Sink.Messages).Content.Span));
    }

    [Fact]
    public async Task Stopping_breaks_off_a_message_that_does_not_end_in_time()
    {
        await using var host = await SmtpHost.StartAsync("Smtp:DrainTimeout=00:00:00.2");
        await using var busy = await SmtpTestClient.ConnectAsync(host.Port);
        await busy.BeginDataAsync();
        await busy.SendAsync("never\r\n");
        await host.StopAsync();
        await busy.ExpectAsync("421 4.3.2");
        Assert.Empty(host.Sink.Messages);
    }

    [Fact]
    public async Task Stopping_cuts_the_storing_of_a_message_short()
    {
        await using var host = await SmtpHost.StartAsync("Smtp:DrainTimeout=00:00:00.2");
        host.Sink.Reply = static async (_, ct) =>
        {
            var cut = new TaskCompletionSource();
            await using var registration = ct.Register(cut.SetResult);
            await cut.Task;
            return SmtpReply.StorageUnavailable;
        };
        await using var busy = await SmtpTestClient.ConnectAsync(host.Port);
        await busy.BeginDataAsync();
        await busy.SendAsync("hi\r\n.\r\n");
        await host.StopAsync();
        await busy.ExpectAsync("451 4.3.0");
    }

    [Fact]
    public async Task A_failure_in_one_session_leaves_the_others_alone()
    {
        await using var host = await SmtpHost.StartAsync();
        await using var unlucky = await SmtpTestClient.ConnectAsync(host.Port);
        await using var other = await SmtpTestClient.ConnectAsync(host.Port);
        host.Sink.Reply = static (message, _) =>
            Encoding.ASCII.GetString(message.Content.Span).StartsWith("bad", StringComparison.Ordinal)
            ? throw new InvalidOperationException("a defect")
            : ValueTask.FromResult(SmtpReply.Accepted(message.Uid));
        await unlucky.BeginDataAsync();
        await other.BeginDataAsync();
        await unlucky.SendAsync("bad\r\n.\r\n");
        await unlucky.ExpectAsync("421 4.3.0");
        Assert.Null(await unlucky.ReadReplyAsync());
        await other.SendAsync("good\r\n.\r\n");
        await other.ExpectAsync("250");
    }
}
