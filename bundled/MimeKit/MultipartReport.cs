namespace MimeKit;

/// <summary>multipart/report (RFC 6522).</summary>
public class MultipartReport : Multipart
{
    internal MultipartReport(EntityArguments args) : base(args) { }
}
