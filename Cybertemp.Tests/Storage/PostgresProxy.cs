using System.Net;
using System.Net.Sockets;
using System.Text;
using Cybertemp.Tests.Commit.Crashes;

namespace Cybertemp.Tests.Storage;

/// <summary>
/// Stands between Npgsql and PostgreSQL, understands where messages end (protocol 3.0), and cuts connections where it
/// is told to.
/// </summary>
internal sealed class PostgresProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly int _serverPort;
    private PlannedCut? _cut;

    public PostgresProxy(int serverPort)
    {
        _serverPort = serverPort;
        _listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>The same database by way of the proxy.</summary>
    public string Through(string connectionString) =>
        $"{connectionString};Port={((IPEndPoint)_listener.LocalEndpoint).Port};SSL Mode=Disable;GSS Encryption "
            + "Mode=Disable";

    /// <summary>
    /// Plans to cut the next transaction that has <paramref name="marker"/> in its parameters. Between the point of the
    /// cut and its release the connection is half open: nothing passes, and nobody is told.
    /// </summary>
    public PlannedCut Cut(CommitCut kind, string marker)
    {
        var cut = new PlannedCut(kind, Encoding.UTF8.GetBytes(marker));
        Volatile.Write(ref _cut, cut);
        return cut;
    }

    public ValueTask DisposeAsync()
    {
        Interlocked.Exchange(ref _cut, null)?.Release();
        _listener.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Hands the planned cut to the one connection that meets it.</summary>
    public PlannedCut? TryClaim(bool sawMarker) => sawMarker ? Interlocked.Exchange(ref _cut, null) : null;

    public bool IsMarked(ReadOnlySpan<byte> message) =>
        Volatile.Read(ref _cut) is { Marker: var marker } && message.IndexOf(marker) >= 0;

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptSocketAsync();
                _ = new ProxiedConnection(this, client).RunAsync(_serverPort);
            }
        }
        catch (Exception ex) when (ex is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }
}
