namespace Cybertemp.SmtpReceiver.Smtp.Session;

/// <summary>How far a session has come. RFC 5321 §4.1.4.</summary>
internal enum SmtpState
{
    /// <summary>No EHLO or HELO yet, or a TLS handshake since.</summary>
    Connected,

    /// <summary>Greeted; no transaction.</summary>
    Ready,

    /// <summary>MAIL was accepted; no recipient yet.</summary>
    Mail,

    /// <summary>At least one recipient.</summary>
    Rcpt,

    /// <summary>354 was said: the content comes.</summary>
    Data,

    /// <summary>BDAT was read: the chunk's octets come.</summary>
    Chunk,

    /// <summary>A BDAT chunk was accepted and was not the last.</summary>
    Chunking,

    /// <summary>A BDAT chunk was refused: only RSET, EHLO and QUIT lead out. RFC 3030 §2.</summary>
    ChunkRefused,

    /// <summary>220 was said to STARTTLS: the handshake comes.</summary>
    StartTls,

    /// <summary>The last reply was said.</summary>
    Closed,
}
