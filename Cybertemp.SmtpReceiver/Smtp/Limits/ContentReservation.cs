using Cybertemp.Mail.Clients;

namespace Cybertemp.SmtpReceiver.Smtp.Limits;

/// <summary>What one session has of the budget for content, for one message at a time. Owned by one session.</summary>
internal sealed class ContentReservation(ContentBudget budget, ClientKey client)
{
    private bool _isLarge;

    public long Octets { get; private set; }

    /// <summary>The reply that names the limit when the last <see cref="TryAdd"/> was false.</summary>
    public SmtpReply? Refusal { get; private set; }

    /// <summary>Makes it larger, or leaves it as it is and says false.</summary>
    public bool TryAdd(long octets)
    {
        var isLarge = Octets + octets > ContentBudget.SmallMessageBytes;
        var change = isLarge == _isLarge ? octets : Octets + octets;
        Refusal = budget.Take(client, change, isLarge);
        if (Refusal is not null)
        {
            return false;
        }

        if (isLarge != _isLarge)
        {
            // What it had is counted with the large ones from here on.
            budget.Release(client, Octets, _isLarge);
            _isLarge = isLarge;
        }

        Octets += octets;
        return true;
    }

    /// <summary>Gives a part back; the rest goes on to count as it did.</summary>
    public void Shrink(long octets)
    {
        budget.Release(client, octets, _isLarge);
        Octets -= octets;
    }

    public void Release()
    {
        if (Octets > 0)
        {
            budget.Release(client, Octets, _isLarge);
        }

        (Octets, _isLarge, Refusal) = (0, false, null);
    }
}
