namespace Cybertemp.Mail.Schema;

/// <summary>One day of <c>emails</c> on its way out.</summary>
/// <param name="Name">The table.</param>
/// <param name="IsAttached">Still part of <c>emails</c>, if only until the detach is finished.</param>
/// <param name="IsDetaching">An interrupted detach has to be finished.</param>
internal readonly record struct EmailPartition(string Name, bool IsAttached, bool IsDetaching);
