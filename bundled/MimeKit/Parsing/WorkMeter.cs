namespace MimeKit.Parsing;

/// <summary>
/// Counts octets that loops went over which could go over the same ones again. Tests bound it by the message's length.
/// </summary>
internal static class WorkMeter
{
    [ThreadStatic]
    private static long _octets;

    public static long Octets => _octets;

    public static void Add(int octets) => _octets += octets;
}
