namespace Cybertemp.Cli;

/// <summary>What a shell learns of a command; from 64 on as sysexits.h.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>There was nothing to do, or it is refused; one line says why.</summary>
    public const int Refused = 1;

    public const int Usage = 64;

    /// <summary>PostgreSQL, Redis or the receiver does not answer.</summary>
    public const int Unavailable = 69;

    public const int Configuration = 78;
}
