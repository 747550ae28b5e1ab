using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;

namespace Cybertemp.SmtpReceiver.Smtp.Listening;

/// <summary>
/// Accepts connections through Kestrel's socket transport, in a hosted service of its own, so that HTTP keeps its
/// addresses. Stopping: unbind, 421 to idle sessions at once, messages that are coming in are finished.
/// </summary>
internal sealed class SmtpListener(SmtpShared shared, IHostApplicationLifetime lifetime, ILoggerFactory loggerFactory)
    : IHostedService, IAsyncDisposable
{
    /// <summary>Octets that one connection may have waiting in user space; Kestrel's default is 1 MiB.</summary>
    private const int MaxBufferBytes = 64 * 1024;

    private static readonly TimeSpan PauseWithoutMemory = TimeSpan.FromMilliseconds(100);

    private readonly ConnectionSet _connections = new(
        shared.Options.MaxSessions + shared.Options.MaxWaitingConnections);
    private IConnectionListener? _listener;
    private Task _accepting = Task.CompletedTask;

    /// <summary>Where the server listens: of use when the port was left to the system.</summary>
    public EndPoint? EndPoint => _listener?.EndPoint;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _listener = await BindAsync(ListenEndPoint(), cancellationToken);
        SmtpLog.Listening(shared.Logger, (IPEndPoint)_listener.EndPoint, shared.Options.HostName);
        if (!shared.Options.HostName.Contains('.', StringComparison.Ordinal))
        {
            SmtpLog.HostNameNotQualified(shared.Logger, shared.Options.HostName);
        }

        _accepting = AcceptAsync(_listener);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_listener is not null)
        {
            await _listener.UnbindAsync(cancellationToken);
            await _accepting;
            SmtpLog.Stopping(shared.Logger, _connections.Count, shared.Options.DrainTimeout);
            var cut = await _connections.StopAsync(shared.Options.DrainTimeout, shared.Time, cancellationToken);
            SmtpLog.Stopped(shared.Logger, cut);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_listener is not null)
        {
            await _listener.DisposeAsync();
        }

        _connections.Dispose();
    }

    /// <summary>Listens, or says in one line why it cannot.</summary>
    /// <exception cref="IOException">
    /// The address is taken, not of this machine, or the port below 1024 and not ours.
    /// </exception>
    private async Task<IConnectionListener> BindAsync(IPEndPoint endPoint, CancellationToken ct)
    {
        try
        {
            return await CreateTransport().BindAsync(endPoint, ct);
        }
        catch (Exception ex) when (ex is AddressInUseException or SocketException)
        {
            var hint = ex is SocketException { SocketErrorCode: SocketError.AccessDenied }
                ? " A port below 1024 needs root or CAP_NET_BIND_SERVICE; Smtp:Port (SMTP_RECEIVE_PORT) names another."
                : " Smtp:Port (SMTP_RECEIVE_PORT) and Smtp:ListenAddress name another.";
            throw new IOException($"SMTP cannot listen on {endPoint}: {ex.Message}.{hint}", ex);
        }
    }

    private SocketTransportFactory CreateTransport() => new(
        Options.Create(new SocketTransportOptions
        {
            Backlog = shared.Options.Backlog,
            MaxReadBufferSize = MaxBufferBytes,
            MaxWriteBufferSize = MaxBufferBytes,
            NoDelay = true,
        }),
        loggerFactory);

    private IPEndPoint ListenEndPoint()
    {
        var any = Socket.OSSupportsIPv6 ? IPAddress.IPv6Any : IPAddress.Any;
        var address = shared.Options.ListenAddress.Length == 0 ? any : IPAddress.Parse(shared.Options.ListenAddress);
        return new IPEndPoint(address, shared.Options.Port);
    }

    /// <summary>Lack of memory costs one connection, and a moment in which others may give some back.</summary>
    /// <returns>False when the listener is unbound.</returns>
    private async Task<bool> AcceptOneAsync(IConnectionListener listener)
    {
        ConnectionContext? context = null;
        try
        {
            context = await listener.AcceptAsync();
            if (context is not null)
            {
                _connections.Start(new SmtpConnection(shared, context));
            }

            return context is not null;
        }
        catch (OutOfMemoryException)
        {
            context?.Abort();
            await Task.Delay(PauseWithoutMemory, shared.Time);
            return true;
        }
    }

    [SuppressMessage(
        "Design", "CA1031", Justification = "A server that cannot accept must not go on, whatever the reason.")]
    private async Task AcceptAsync(IConnectionListener listener)
    {
        try
        {
            while (await AcceptOneAsync(listener))
            {
            }
        }
        catch (Exception ex)
        {
            // A receiver that cannot accept is of no use: whoever runs it should start it again.
            SmtpLog.AcceptFailed(shared.Logger, ex);
            lifetime.StopApplication();
        }
    }
}
