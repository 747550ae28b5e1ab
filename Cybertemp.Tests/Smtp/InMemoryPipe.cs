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

    private readonly Pipe _toServer = new(Inline);
    private readonly Pipe _toClient = new(Inline);

    public InMemoryPipe()
    {
        Server = new Duplex(_toServer.Reader, _toClient.Writer);
        Client = new Duplex(_toClient.Reader, _toServer.Writer);
    }

    public IDuplexPipe Server { get; }

    public IDuplexPipe Client { get; }

    /// <summary>Ends the connection at both ends and makes a new one.</summary>
    public async Task ResetAsync()
    {
        foreach (var end in (Pipe[])[_toServer, _toClient])
        {
            await end.Writer.CompleteAsync();
            await end.Reader.CompleteAsync();
            end.Reset();
        }
    }

    private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
