using System.Text;

namespace Cybertemp.Tests.Mail.Mime;

/// <summary>
/// A multipart, an attached message or a leaf with its content; written by the test, compared with what was read.
/// </summary>
internal sealed class MimeTree
{
    private static readonly string[] Subtypes = ["mixed", "alternative", "related", "report", "digest", "x-other"];

    private readonly List<MimeTree> _children = [];
    private readonly string _type;
    private readonly string _content;
    private readonly string _boundary;
    private int _writtenLength;

    private MimeTree(string type, string content, string boundary) =>
        (_type, _content, _boundary) = (type, content, boundary);

    /// <summary>At most <paramref name="depth"/> levels below it.</summary>
    /// <param name="values">Where all that is random comes from.</param>
    /// <param name="outer">The boundary around it: the own one may begin with it.</param>
    public static MimeTree Create(MimeValues values, int depth, string outer = "")
    {
        if (depth == 0 || values.Chance(3))
        {
            return new MimeTree("application/octet-stream", Content(values), boundary: "");
        }

        if (values.Chance(5))
        {
            var attached = new MimeTree("message/rfc822", values.Words(), boundary: "");
            attached._children.Add(Create(values, depth - 1, outer));
            return attached;
        }

        // No content has a line that begins like this.
        var boundary = $"{(values.Chance(3) ? outer : "")}{values.Word()}_{values.Word()}";
        var tree = new MimeTree($"multipart/{values.OneOf<string>(Subtypes)}", values.Chance(2)
            ? ""
            : Content(values), boundary);
        for (var count = values.Random.Next(1, 5); count > 0; count--)
        {
            tree._children.Add(Create(values, depth - 1, boundary));
        }

        return tree;
    }

    /// <summary>Header, empty line and body.</summary>
    public string Write(MimeValues values)
    {
        if (_boundary.Length > 0)
        {
            var boundary = values.OneOf(_boundary, $"\"{_boundary}\"");
            return $"Content-Type: {_type}; boundary={boundary}\r\n\r\n{WriteParts(values)}";
        }

        var content = _children is [var inner] ? $"Subject: {_content}\r\n{inner.Write(values)}" : _content;
        _writtenLength = _children.Count > 0 ? content.Replace("\r\n", "\n", StringComparison.Ordinal)
            .Replace("\n", "\r\n", StringComparison.Ordinal).Length : content.Length;
        return $"Content-Type: {_type}\r\n\r\n{content}";
    }

    /// <summary>
    /// Type and length of each, in order: an attached message is one, as long as it was written with CRLF.
    /// </summary>
    public IEnumerable<(string Type, int Length)> Leaves() => _boundary.Length > 0
        ? _children.SelectMany(child => child.Leaves())
        : [(_type, _writtenLength)];

    /// <summary>Anything, lines that begin as delimiters do included.</summary>
    private static string Content(MimeValues values)
    {
        var text = Encoding.Latin1.GetString(values.Octets(200));
        return values.Chance(4) ? text.Replace("\n", $"\n--{values.Word()}\n-- \n--", StringComparison.Ordinal) : text;
    }

    private string WriteParts(MimeValues values)
    {
        var text = new StringBuilder(_content.Length > 0 ? $"{_content}\r\n" : "");
        foreach (var child in _children)
        {
            text.Append(values.OneOf($"--{_boundary}\r\n", $"--{_boundary} \t\r\n")).Append(child.Write(values))
                .Append("\r\n");
        }

        return text.Append(values.OneOf($"--{_boundary}--", $"--{_boundary}--\r\nepilogue\r\n--no delimiter"))
            .ToString();
    }
}
