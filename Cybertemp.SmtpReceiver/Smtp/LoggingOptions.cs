namespace Cybertemp.SmtpReceiver.Smtp;

/// <summary>What the log shows of mail; levels are .NET's.</summary>
internal sealed class LoggingOptions
{
    public const string Section = "Logging";

    /// <summary>How mail addresses appear in log lines. Default Masked: `w…d@shop.example`.</summary>
    public AddressLogging Addresses { get; set; } = AddressLogging.Masked;
}
