namespace Cybertemp.AppHost.Servers;

/// <summary>What PostgreSQL and Redis are in the local stack: <c>Cybertemp:Servers</c>.</summary>
internal enum ServerMode
{
    /// <summary>Containers when a container runtime answers, else processes. The default.</summary>
    Auto,

    /// <summary>Containers of the official images; what is published is always this, or External.</summary>
    Containers,

    /// <summary>The binaries that are installed on this machine. Linux only.</summary>
    Processes,

    /// <summary>Those that <c>ConnectionStrings:cybertemp</c> and <c>ConnectionStrings:redis</c> name.</summary>
    External,
}
