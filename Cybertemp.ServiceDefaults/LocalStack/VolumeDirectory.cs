namespace Cybertemp.ServiceDefaults.LocalStack;

/// <summary>Where this user's local stack keeps what outlives it.</summary>
public static class VolumeDirectory
{
    /// <summary>A server's own account cannot enter root's home directory.</summary>
    public static string Path => System.IO.Path.Combine(
        Environment.GetEnvironmentVariable("XDG_DATA_HOME") is { Length: > 0 } dataHome ? dataHome
            : Environment.IsPrivilegedProcess ? "/var/lib"
            : Environment.GetFolderPath(
                Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify),
        "aspire",
        "volumes");
}
