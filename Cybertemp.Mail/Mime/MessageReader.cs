using System.Text;
using Cybertemp.Mail.Mime.Attachments;
using Cybertemp.Mail.Mime.Body;
using Cybertemp.Mail.Mime.Bounds;
using Cybertemp.Mail.Mime.Charsets;
using Cybertemp.Mail.Mime.Headers;
using Cybertemp.Mail.Mime.Winmail;
using Microsoft.Extensions.ObjectPool;

namespace Cybertemp.Mail.Mime;

/// <summary>What the tables hold of received octets. Thread-safe; never throws, whatever the octets.</summary>
internal sealed class MessageReader(MimeLimits limits)
{
    private readonly DefaultObjectPool<EntityParser> _parsers = new(new EntityParserPolicy(limits));

    /// <summary>MimeKit decodes what it decodes with the charsets that .NET knows.</summary>
    static MessageReader() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public ParsedMessage Read(ReadOnlyMemory<byte> content)
    {
        try
        {
            var notes = new ParseNotes();
            using var tree = Parse(FirstField.From(content, notes), notes);
            return Map(tree, notes);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return Unreadable(content.Span, exception);
        }
    }

    /// <summary>
    /// The octets of an attachment, without its transfer encoding; null when there is none, or the message cannot be
    /// parsed.
    /// </summary>
    /// <param name="place">Its place in the column <c>attachments</c>, from 0.</param>
    public ReadOnlyMemory<byte>? ReadAttachment(ReadOnlyMemory<byte> content, int place)
    {
        try
        {
            var notes = new ParseNotes();
            using var tree = Parse(FirstField.From(content, notes), notes);
            var declared = new DeclaredCharset(tree);
            var winmail = OpenedWinmail.Open(tree, limits);
            var body = BodyText.Of(tree, winmail, declared, limits, notes);
            return new AttachmentList(tree, body, winmail, declared, limits).ContentAt(place);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return null;
        }
    }

    private EntityTree Parse(ReadOnlyMemory<byte> content, ParseNotes notes)
    {
        var tree = ParseBounded(content, notes);
        if (tree.Undivided is { } undivided && tree.OctetsOf(undivided) is var octets
            && DelimiterGuess.HeaderFor(undivided, octets.Span) is { } header)
        {
            notes.Add("The parts were told apart by a delimiter that the header does not name.");
            tree.Divide(ParseBounded((byte[])[.. header, .. octets.Span], notes));
        }

        return tree;
    }

    private EntityTree ParseBounded(ReadOnlyMemory<byte> content, ParseNotes notes)
    {
        var tree = new EntityTree(BoundedContent.Of(content, limits, notes));
        var parser = _parsers.Get();
        try
        {
            parser.Parse(tree);
            return tree;
        }
        finally
        {
            _parsers.Return(parser);
        }
    }

    private ParsedMessage Map(EntityTree tree, ParseNotes notes)
    {
        var declared = new DeclaredCharset(tree);
        var headers = new HeaderFields(tree.Root.Headers, declared, limits);
        var from = headers.From(notes);
        var winmail = OpenedWinmail.Open(tree, limits);
        var body = BodyText.Of(tree, winmail, declared, limits, notes);
        return new ParsedMessage
        {
            FromName = StoredText.Clean(from.Sender.Name, limits.MaxFieldLength),
            FromAddress = StoredText.Clean(from.Sender.Address, limits.MaxFieldLength),
            From = [.. from.Addresses.Select(address => StoredText.Clean(address, limits.MaxFieldLength))],
            Subject = headers.Subject,
            Text = StoredText.Clean(body.Text, limits.MaxTextLength),
            Html = StoredText.Clean(body.Html, limits.MaxTextLength),
            MessageId = headers.MessageId,
            Date = headers.Date,
            Attachments = new AttachmentList(tree, body, winmail, declared, limits).ToJson(notes),
            Headers = headers.ToJson(),
            ParseNote = notes.ToString(),
        };
    }

    private ParsedMessage Unreadable(ReadOnlySpan<byte> content, Exception exception) => new()
    {
        Text = StoredText.Clean(Text(content[..Math.Min(content.Length, limits.MaxTextLength)]), limits.MaxTextLength),
        ParseNote = StoredText.Clean(
            $"The message could not be parsed, its octets are shown: {exception.Message}", limits.MaxFieldLength),
    };

    private static string Text(ReadOnlySpan<byte> octets) =>
        OctetText.DecodeLines(octets, declared: null);
}
