namespace Cybertemp.SmtpReceiver.Smtp.Envelope;

/// <summary>What the filters say of one address.</summary>
internal enum PolicyVerdict
{
    /// <summary>No rule is against it.</summary>
    Accepted,

    /// <summary>The recipient's domain is not ours, or the sender is banned: a permanent refusal.</summary>
    Refused,

    /// <summary>The recipient's address is blocked: a permanent refusal.</summary>
    Blocked,

    /// <summary>The recipient's domain receives for certain prefixes only: a permanent refusal.</summary>
    WithoutPrefix,

    /// <summary>No filter snapshot has been loaded yet: a temporary refusal, never an accept by mistake.</summary>
    NotReady,
}
