using System.Runtime.InteropServices;

namespace Cybertemp.Web.Webhooks.Delivery;

/// <summary>An attempt, as it ended.</summary>
/// <param name="Status">Of the answer; null without one.</param>
/// <param name="Error">A word for what failed, without the address; "" when nothing did.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Attempt(
    DueMessage Message, AttemptOutcome Outcome, int? Status, TimeSpan Duration, string Error)
{
    public static Attempt Gone(DueMessage message) => new(message, AttemptOutcome.Gone, null, TimeSpan.Zero, "");

    public static Attempt Released(DueMessage message) =>
        new(message, AttemptOutcome.Released, null, TimeSpan.Zero, "");
}
