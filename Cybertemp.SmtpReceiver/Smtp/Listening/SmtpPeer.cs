using System.Net;

namespace Cybertemp.SmtpReceiver.Smtp.Listening;

/// <summary>The client of one connection.</summary>
/// <param name="Address">Unmapped from IPv6 when it is an IPv4 address; no scope id.</param>
/// <param name="Reference">Names the session in negative replies, in the log and in the trace.</param>
/// <param name="IsExempt">From the limits per client; never with an address out of a PROXY header.</param>
internal sealed record SmtpPeer(IPAddress Address, string Reference, bool IsExempt);
