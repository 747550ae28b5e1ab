using System.Net;
using Cybertemp.Mail.Clients;
using Cybertemp.SmtpReceiver.Smtp.Limits;

namespace Cybertemp.Tests.Smtp.Limits;

/// <summary>Room for content.</summary>
internal static class Budgets
{
    public static ClientKey Client { get; } = ClientKey.Of(IPAddress.Loopback);

    /// <summary>For all that a test appends.</summary>
    public static ContentReservation Plenty() => new(new ContentBudget(long.MaxValue / 2, long.MaxValue / 2), Client);
}
