using System.Runtime.InteropServices;

namespace Cybertemp.Sync.Publishing;

/// <summary>What became of rules that were to be published.</summary>
/// <param name="Version">The version that was written or found in force.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PublishOutcome(PublishResult Result, long Version);
