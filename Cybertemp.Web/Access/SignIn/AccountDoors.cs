using Cybertemp.Mail.Addresses;
using Cybertemp.Mail.Inboxes;
using Cybertemp.Web.Requests;

namespace Cybertemp.Web.Access.SignIn;

/// <summary>The ways into an account, each a password that costs a processor some time. Thread-safe.</summary>
/// <param name="reserved">
/// Local parts that nobody may have: their reader could obtain a certificate for the domain.
/// </param>
internal sealed class AccountDoors(
    Accounts accounts, Sessions sessions, RequestLimits limits, ReservedLocalParts reserved)
{
    /// <summary>Null when the client may try that address.</summary>
    public Problem? Refuse(HttpContext context, string address) => limits.RefuseSession(context, address);

    /// <summary>Null when the address is not to be had.</summary>
    public async Task<Account?> CreateAsync(Mailbox address, string password, CancellationToken ct) =>
        !reserved.Contains(address) && await accounts.IsToBeHadAsync($"{address}", ct)
            ? await accounts.CreateAsync($"{address}", await sessions.HashAsync(password, ct), ct)
            : null;

    /// <summary>Null when address and password do not belong together.</summary>
    public async Task<(Account Account, string Token)?> SignInAsync(
        string address, string password, CancellationToken ct) =>
        await sessions.OpenAsync(address, password, ct) is { } session
            && await accounts.FindAsync(address, ct) is { } account
            ? (account, session.Token)
            : null;
}
