using System.Runtime.InteropServices;
using Cybertemp.Mail.Clients;
using Cybertemp.Web.Access;
using Cybertemp.Web.Requests;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.Options;

namespace Cybertemp.Web.Messages.Contents;

/// <summary>
/// Attachments stay in memory until their clients have them: so their octets are bounded, in total and of each client,
/// and a client that takes them too slowly loses its connection. Thread-safe.
/// </summary>
internal sealed class AttachmentDownloads(IOptions<WebOptions> options)
{
    /// <summary>What is smaller goes into the connection's buffers at once.</summary>
    private const int MinCounted = 64 * 1024;

    private const long MaxBytes = 128L * 1024 * 1024;
    private const long MaxBytesOfClient = MaxBytes / 4;

    /// <summary>20 MB take at most 21 minutes.</summary>
    private static readonly MinDataRate Rate = new(bytesPerSecond: 16 * 1024, gracePeriod: TimeSpan.FromSeconds(20));

    private readonly NetworkList _unlimited = NetworkList.Parse(options.Value.UnlimitedNetworks);
    private readonly Lock _lock = new();
    private readonly Dictionary<ClientKey, long> _ofClients = [];
    private long _bytes;

    /// <summary>
    /// What the request is answered, or why it is not: one that is larger than the bound is taken alone.
    /// </summary>
    /// <param name="context">Of the request.</param>
    /// <param name="bytes">Decoded.</param>
    /// <param name="answer">Completes when the client has it.</param>
    public async Task<IResult> HoldAsync(HttpContext context, long bytes, Func<Task<IResult>> answer)
    {
        if (bytes <= MinCounted)
        {
            return await answer();
        }

        var client = context.Counted(_unlimited);
        if (!TryEnter(client, bytes))
        {
            return Problem.TooManyDownloads;
        }

        try
        {
            if (context.Features.Get<IHttpMinResponseDataRateFeature>() is { } minimum)
            {
                minimum.MinDataRate = Rate;
            }

            return await answer();
        }
        finally
        {
            Leave(client, bytes);
        }
    }

    private bool TryEnter(ClientKey? client, long bytes)
    {
        lock (_lock)
        {
            var ofClient = client is { } known ? _ofClients.GetValueOrDefault(known) : 0;
            if ((_bytes > 0 && _bytes + bytes > MaxBytes) || (ofClient > 0 && ofClient + bytes > MaxBytesOfClient))
            {
                return false;
            }

            _bytes += bytes;
            if (client is { } counted)
            {
                _ofClients[counted] = ofClient + bytes;
            }
        }

        return true;
    }

    private void Leave(ClientKey? client, long bytes)
    {
        lock (_lock)
        {
            _bytes -= bytes;
            if (client is { } counted
                && (CollectionsMarshal.GetValueRefOrAddDefault(_ofClients, counted, out _) -= bytes) <= 0)
            {
                _ofClients.Remove(counted);
            }
        }
    }
}
