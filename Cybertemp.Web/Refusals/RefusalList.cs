using Cybertemp.Mail.Refusals;

namespace Cybertemp.Web.Refusals;

/// <summary>Mail that was refused.</summary>
/// <param name="Refusals">Newest first.</param>
internal sealed record RefusalList(IReadOnlyList<Refusal> Refusals);
