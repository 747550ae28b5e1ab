namespace MimeKit;

public interface IMimeContent
{
    ContentEncoding Encoding { get; }

    /// <summary>The decoded octets.</summary>
    Stream Open();

    void DecodeTo(Stream stream, CancellationToken cancellationToken = default);
}
