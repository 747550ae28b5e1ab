using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Aspire.Hosting.Execution;

/// <summary>
/// Ports for servers that have to be told one. They lie below the range that the kernel gives to outgoing connections, so
/// that none of those takes a port between our look and the server's bind. Thread-safe.
/// </summary>
internal static class FreePorts
{
    private const int First = 20_000;
    private const int End = 32_000;

    private static readonly HashSet<int> Taken = [];

    /// <summary>A port that is free now and that this process has not handed out yet.</summary>
    public static int Take()
    {
        lock (Taken)
        {
            while (Taken.Count < (End - First) / 2)
            {
                var port = RandomNumberGenerator.GetInt32(First, End);
                if (Taken.Add(port) && IsFree(port))
                {
                    return port;
                }
            }

            Taken.Clear();
            return Take();
        }
    }

    /// <summary>On every address of this machine.</summary>
    public static bool IsFree(int port) =>
        CanBind(IPAddress.Any, port) && (!Socket.OSSupportsIPv6 || CanBind(IPAddress.IPv6Any, port));

    private static bool CanBind(IPAddress address, int port)
    {
        try
        {
            using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            if (address.AddressFamily is AddressFamily.InterNetworkV6)
            {
                socket.DualMode = false;
            }

            socket.Bind(new IPEndPoint(address, port));
            return true;
        }
        catch (SocketException ex)
        {
            return ex.SocketErrorCode is SocketError.AddressFamilyNotSupported or SocketError.AddressNotAvailable;
        }
    }
}
