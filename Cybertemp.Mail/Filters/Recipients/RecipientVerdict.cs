namespace Cybertemp.Mail.Filters.Recipients;

/// <summary>What the rules say of a recipient whose domain is accepted.</summary>
internal enum RecipientVerdict
{
    /// <summary>No rule is against it.</summary>
    Accepted,

    /// <summary>The address is blocked.</summary>
    Blocked,

    /// <summary>The domain receives for certain prefixes, and the local part has none of them.</summary>
    WithoutPrefix,
}
