using System.Data.Common;
using System.Net.Sockets;

namespace Cybertemp.ServiceDefaults;

/// <summary>A server that is away is to be expected, and takes one line of a log.</summary>
public static class FailureReason
{
    /// <summary>
    /// The SQLSTATE or the socket's error where there is one, and the driver's words; one line without a stack trace.
    /// </summary>
    public static string Of(Exception exception)
    {
        var (words, cause) = (FirstLine(exception.Message), exception.GetBaseException());
        return cause switch
        {
            DbException { SqlState: not null } => FirstLine(cause.Message),
            SocketException socket => $"{words} ({socket.SocketErrorCode})",
            _ when cause != exception => $"{words} ({cause.GetType().Name})",
            _ => $"{cause.GetType().Name}: {words}",
        };
    }

    private static string FirstLine(string message) => message.Split('\n', 2)[0].TrimEnd('\r');
}
