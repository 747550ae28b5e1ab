using Cybertemp.Tests.Support;

namespace Cybertemp.Tests.Smtp.Clients;

/// <summary>Mail clients that <c>.ci/install test</c> keeps beside the system.</summary>
internal static class ClientPrograms
{
    private const string InstalledSmtpSource = "/usr/sbin/smtp-source";

    private static readonly string Postfix = Path.Combine(
        Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache
            ? cache
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"),
        "cybertemp", "postfix");

    public static string SmtpSource { get; } =
        File.Exists(InstalledSmtpSource) ? InstalledSmtpSource : Path.Combine(Postfix, "usr", "sbin", "smtp-source");

    /// <summary>Comes with smtp-source.</summary>
    public static string SmtpSink => Path.Combine(Path.GetDirectoryName(SmtpSource)!, "smtp-sink");

    /// <summary>Of the copy in the cache; an installed one knows its own.</summary>
    public static string SmtpSourceLibraries { get; } = Path.Combine(Postfix, "usr", "lib", "postfix");

    public static string NodemailerScript { get; } = Path.Combine(
        Repository.Root, "Cybertemp.Tests", "Smtp", "Nodemailer", "send.mjs");

    public static string Nodemailer { get; } = Path.Combine(
        Path.GetDirectoryName(NodemailerScript)!, "node_modules", "nodemailer");
}
