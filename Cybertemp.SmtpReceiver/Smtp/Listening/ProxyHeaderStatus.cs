namespace Cybertemp.SmtpReceiver.Smtp.Listening;

/// <summary>What the first octets of a proxied connection are.</summary>
internal enum ProxyHeaderStatus
{
    /// <summary>A header so far: more is needed.</summary>
    Incomplete,

    Complete,

    Invalid,
}
