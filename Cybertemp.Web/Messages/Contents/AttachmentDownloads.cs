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
/// and a client that takes them too slowly loses its connection. A part of the total is for clients that take nothing
/// else. Thread-safe.
/// </summary>
internal sealed class AttachmentDownloads(IOptions<WebOptions> options)
{
    /// <summary>What is smaller goes into the connection's buffers at once.</summary>
    private const int MinCounted = 64 * 1024;

    private const long MaxBytes = 128L * 1024 * 1024;
    private const long MaxBytesOfClient = MaxBytes / 4;
    private const long MaxBytesOfFurther = MaxBytes * 3 / 4;

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
        if (Enter(client, bytes) is { } problem)
        {
            return problem;
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

    private Problem? Enter(ClientKey? client, long bytes)
    {
        lock (_lock)
        {
            var ofClient = client is { } known ? _ofClients.GetValueOrDefault(known) : 0;
            if (ofClient > 0 && ofClient + bytes > MaxBytesOfClient)
            {
                return Problem.TooManyDownloads;
            }

            if (_bytes > 0 && _bytes + bytes > (ofClient > 0 ? MaxBytesOfFurther : MaxBytes))
            {
                return Problem.DownloadsBusy;
            }

            _bytes += bytes;
            if (client is { } counted)
            {
                _ofClients[counted] = ofClient + bytes;
            }
        }

        return null;
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
