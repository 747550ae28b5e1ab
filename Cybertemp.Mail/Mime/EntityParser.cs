using MimeKit;

namespace Cybertemp.Mail.Mime;

/// <summary>
/// MimeKit's parser, to be used again and again. Its buffer for a header field has grown already: it grows by 64 octets
/// at a time, which for one long field costs time and memory with the square of its length. Not thread-safe.
/// </summary>
internal sealed class EntityParser : MimeParser
{
    private EntityTree? _tree;

    public EntityParser(MimeLimits limits)
        : base(new ParserOptions { MaxMimeDepth = limits.MaxDepth }, Stream.Null, MimeFormat.Entity)
    {
        using var longest = new MemoryStream([.. "X:"u8, .. new byte[limits.MaxFieldBytes], .. "\r\n\r\n"u8]);
        SetStream(longest, MimeFormat.Entity, persistent: true);
        ParseEntity();
    }

    /// <summary>
    /// The tree's octets are one entity, its header that of the message; all contents are views of them.
    /// </summary>
    public void Parse(EntityTree tree)
    {
        _tree = tree;
        SetStream(tree.Stream, MimeFormat.Entity, persistent: true);
        try
        {
            tree.Root = ParseEntity();
        }
        finally
        {
            SetStream(Stream.Null, MimeFormat.Entity, persistent: true);
            _tree = null;
        }
    }

    protected override void OnMimeEntityEnd(MimeEntityEndEventArgs args)
    {
        if (args.Entity is MessagePart or Multipart { Count: 0 })
        {
            _tree?.AddOctets(args.Entity, args.Parent, args.HeadersEndOffset, args.EndOffset);
        }

        base.OnMimeEntityEnd(args);
    }
}
