using System.Runtime.InteropServices;
using Cybertemp.Mail.Clients;
using Cybertemp.Web.Requests;
using Microsoft.Extensions.Options;

namespace Cybertemp.Web.Access;

/// <summary>Requests that are held open, in total and of each client. Thread-safe.</summary>
internal sealed class OpenWaits(IOptions<WebOptions> options, WebMetrics metrics)
{
    private readonly NetworkList _unlimited = NetworkList.Parse(options.Value.UnlimitedNetworks);
    private readonly Lock _lock = new();
    private readonly Dictionary<ClientKey, int> _ofClients = [];
    private int _total;

    /// <summary>What the request is answered once it was held, or why it is not held.</summary>
    public Task<IResult> HoldAsync(HttpContext context, Func<Task<IResult>> answer) =>
        HoldAsync<IResult>(context, answer, static refusal => refusal);

    /// <summary>The same for answers of another kind.</summary>
    public async Task<T> HoldAsync<T>(HttpContext context, Func<Task<T>> answer, Func<Problem, T> refuse)
    {
        var client = context.Counted(_unlimited);
        if (!TryEnter(client))
        {
            metrics.Refused(WebMetrics.Waits);
            return refuse(Problem.TooManyWaits);
        }

        metrics.WaitOpened();
        try
        {
            return await answer();
        }
        finally
        {
            Leave(client);
            metrics.WaitClosed();
        }
    }

    private bool TryEnter(ClientKey? client)
    {
        lock (_lock)
        {
            if (_total >= options.Value.MaxWaits
                || (client is { } known && _ofClients.GetValueOrDefault(known) >= options.Value.MaxWaitsPerClient))
            {
                return false;
            }

            _total++;
            if (client is { } counted)
            {
                CollectionsMarshal.GetValueRefOrAddDefault(_ofClients, counted, out _)++;
            }
        }

        return true;
    }

    private void Leave(ClientKey? client)
    {
        lock (_lock)
        {
            _total--;
            if (client is { } counted && --CollectionsMarshal.GetValueRefOrAddDefault(_ofClients, counted, out _) <= 0)
            {
                _ofClients.Remove(counted);
            }
        }
    }
}
