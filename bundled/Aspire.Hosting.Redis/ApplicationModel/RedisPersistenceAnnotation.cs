namespace Aspire.Hosting.ApplicationModel;

/// <summary>A snapshot each interval in which at least this many keys changed.</summary>
internal sealed record RedisPersistenceAnnotation(TimeSpan Interval, long KeysChangedThreshold) : IResourceAnnotation;
