using System.Runtime.InteropServices;

namespace Cybertemp.Web.Webhooks.Delivery;

/// <summary>A message that a webhook is to be told of now.</summary>
/// <param name="Attempt">From 1.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct DueMessage(Guid EmailId, int Attempt);
