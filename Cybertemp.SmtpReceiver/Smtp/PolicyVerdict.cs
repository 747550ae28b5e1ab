namespace Cybertemp.SmtpReceiver.Smtp;

/// <summary>What the filters say of one address.</summary>
internal enum PolicyVerdict
{
    /// <summary>No rule is against it.</summary>
    Accepted,

    /// <summary>The recipient's domain is not ours, or the sender is banned: a permanent refusal.</summary>
    Refused,

    /// <summary>No filter snapshot has been loaded yet: a temporary refusal, never an accept by mistake.</summary>
    NotReady,
}
