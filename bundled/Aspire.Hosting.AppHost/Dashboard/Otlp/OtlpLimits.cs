namespace Aspire.Hosting.Dashboard.Otlp;

/// <summary>What one export request may bring; the rest is cut off, never an error.</summary>
internal static class OtlpLimits
{
    public const int MaxBodyBytes = 4 * 1024 * 1024;
    public const int MaxInflatedBytes = 16 * 1024 * 1024;
    public const int MaxConcurrentRequests = 4;
    public const int MaxAttributes = 128;
    public const int MaxTextBytes = 16 * 1024;
    public const int MaxRecordBytes = 64 * 1024;
    public const int MaxEvents = 128;
    public const int MaxValueDepth = 6;
    public const int MaxBuckets = 200;
}
