using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Execution;

/// <summary>AUTH and PING over a connection of its own, in the protocol's own words.</summary>
internal static class RedisPing
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <summary>Null when the server answers PONG, else what is wrong.</summary>
    public static async Task<string?> FaultAsync(RedisResource redis, CancellationToken ct)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(ct);
        timeout.CancelAfter(Timeout);
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(redis.PrimaryEndpoint.Host, redis.PrimaryEndpoint.Port, timeout.Token);
            await using var stream = client.GetStream();
            using var replies = new StreamReader(stream);
            var password = await redis.PasswordParameter!.GetValueAsync(timeout.Token);
            await stream.WriteAsync(Encoding.UTF8.GetBytes(Command("AUTH", password!) + Command("PING")), timeout.Token);
            var (auth, pong) = (await replies.ReadLineAsync(timeout.Token), await replies.ReadLineAsync(timeout.Token));
            return (auth, pong) == ("+OK", "+PONG") ? null : $"Redis answers {auth} {pong}";
        }
        catch (Exception ex) when (ex is SocketException or IOException)
        {
            return ex.Message;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return "Redis does not answer.";
        }
    }

    private static string Command(params string[] words) => string.Create(
        CultureInfo.InvariantCulture, $"*{words.Length}\r\n{string.Concat(words.Select(Bulk))}");

    private static string Bulk(string word) => string.Create(CultureInfo.InvariantCulture, $"${Encoding.UTF8.GetByteCount(word)}\r\n{word}\r\n");
}
