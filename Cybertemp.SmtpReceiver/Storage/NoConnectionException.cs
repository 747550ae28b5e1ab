namespace Cybertemp.SmtpReceiver.Storage;

/// <summary>PostgreSQL could not be reached, or let nobody in: nothing was sent.</summary>
internal sealed class NoConnectionException(Exception cause) : Exception(cause.Message, cause);
