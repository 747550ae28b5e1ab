namespace Cybertemp.Web.Webhooks.Delivery;

/// <summary>What became of a message that was due.</summary>
internal enum AttemptOutcome
{
    /// <summary>It was answered 2xx.</summary>
    Delivered,

    /// <summary>It was not; it is tried again.</summary>
    Failed,

    /// <summary>The mail has been deleted meanwhile.</summary>
    Gone,

    /// <summary>It was not tried, since others before it failed.</summary>
    Released,
}
