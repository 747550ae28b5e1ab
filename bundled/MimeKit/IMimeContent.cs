namespace MimeKit;

public interface IMimeContent
{
    /// <summary>The decoded octets.</summary>
    Stream Open();

    void DecodeTo(Stream stream, CancellationToken cancellationToken = default);
}
