using System.IO.Pipelines;

namespace Cybertemp.Tests.Smtp;

/// <summary>
/// Both ends of a connection without a network. Everything runs inline: when the client's write returns, the server has
/// done all it can with it.
/// </summary>
internal sealed class InMemoryPipe
{
    private static readonly PipeOptions Inline = new(
        readerScheduler: PipeScheduler.Inline, writerScheduler: PipeScheduler.Inline, useSynchronizationContext: false);

    public InMemoryPipe()
    {
        var (toServer, toClient) = (new Pipe(Inline), new Pipe(Inline));
        Server = new Duplex(toServer.Reader, toClient.Writer);
        Client = new Duplex(toClient.Reader, toServer.Writer);
    }

    public IDuplexPipe Server { get; }

    public IDuplexPipe Client { get; }

    private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
