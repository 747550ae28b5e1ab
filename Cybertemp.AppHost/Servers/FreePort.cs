using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Cybertemp.AppHost.Servers;

/// <summary>A TCP port of the loopback for a server that has to be told one.</summary>
internal static class FreePort
{
    // Below the range that the kernel gives to outgoing connections: none of those takes it before the server does.
    private const int First = 20_000;
    private const int End = 32_000;

    public static int Take()
    {
        while (true)
        {
            var port = RandomNumberGenerator.GetInt32(First, End);
            if (IsFree(port))
            {
                return port;
            }
        }
    }

    public static bool IsFree(int port)
    {
        try
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
