namespace Cybertemp.Mail.Mime.Winmail;

/// <summary>A file inside a winmail.dat; null where it does not say.</summary>
internal sealed record WinmailFile
{
    public string? Name { get; set; }

    /// <summary>What mailers show where there is no name: the subject of an embedded message.</summary>
    public string? DisplayName { get; set; }

    public string? ContentType { get; set; }

    public string? ContentId { get; set; }

    public string? ContentLocation { get; set; }

    public long SizeBytes { get; set; }

    /// <summary>Where its octets begin in the winmail.dat.</summary>
    public int Offset { get; set; }
}
