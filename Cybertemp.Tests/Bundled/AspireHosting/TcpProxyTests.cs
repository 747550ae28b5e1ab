using System.Net;
using System.Net.Sockets;
using System.Text;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Execution;

namespace Cybertemp.Tests.Bundled.AspireHosting;

public sealed class TcpProxyTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Replicas_take_turns_and_a_dead_one_is_passed_over()
    {
        using var timeout = new CancellationTokenSource(Timeout);
        using var first = new Replica("first");
        using var second = new Replica("second");
        await using var proxy = TcpProxy.Start(Endpoint(first.Port, second.Port, out var port));

        var answers = new[] { await AskAsync(port, timeout.Token), await AskAsync(port, timeout.Token) };
        Assert.Equal(["first", "second"], answers.Order(StringComparer.Ordinal), StringComparer.Ordinal);

        first.Dispose();
        Assert.Equal("second", await AskAsync(port, timeout.Token));
        Assert.Equal("second", await AskAsync(port, timeout.Token));
    }

    [Fact]
    public void A_taken_port_is_an_error_that_names_it()
    {
        using var holder = new Replica("holder");
        var endpoint = Endpoint(1, 2, out _, holder.Port);
        var error = Assert.Throws<Aspire.Hosting.DistributedApplicationException>(() => TcpProxy.Start(endpoint));
        Assert.Contains($"Port {holder.Port} of endpoint 'tcp'", error.Message, StringComparison.Ordinal);
    }

    private static EndpointPorts Endpoint(int first, int second, out int port, int? own = null)
    {
        port = own ?? FreePorts.Take();
        var resource = new ExecutableResource("web", "true", "/");
        return new EndpointPorts(resource, new EndpointAnnotation(ProtocolType.Tcp), port, [first, second], isFixed: true);
    }

    /// <summary>Closes its own direction first, so an answer proves that the other one stays open.</summary>
    private static async Task<string> AskAsync(int port, CancellationToken ct)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port, ct);
        using var reader = new StreamReader(client.GetStream());
        client.Client.Shutdown(SocketShutdown.Send);
        return await reader.ReadToEndAsync(ct);
    }

    /// <summary>Says its name to whoever has finished talking.</summary>
    private sealed class Replica : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly string _name;

        public Replica(string name)
        {
            _name = name;
            _listener.Start();
            _ = AnswerAsync();
        }

        public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

        public void Dispose() => _listener.Dispose();

        private async Task AnswerAsync()
        {
            try
            {
                while (true)
                {
                    using var client = await _listener.AcceptTcpClientAsync();
                    var stream = client.GetStream();
                    await stream.CopyToAsync(Stream.Null);
                    await stream.WriteAsync(Encoding.ASCII.GetBytes(_name));
                }
            }
            catch (Exception ex) when (ex is SocketException or ObjectDisposedException)
            {
                // Disposed.
            }
        }
    }
}
