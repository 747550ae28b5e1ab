using System.Globalization;
using Cybertemp.Tests.Smtp.Content;

namespace Cybertemp.Tests.Smtp.Session;

/// <summary>
/// Follows a conversation with nothing but the octets and the replies: where a command ends, where content ends, and
/// what a message is. It knows no syntax but the size of a chunk; what a command deserves it takes from the reply.
/// </summary>
internal sealed class ReferenceSession
{
    private readonly string _input;
    private readonly Queue<string> _replies;
    private readonly List<string> _messages = [];
    private string _chunks = "";
    private int _position;

    private ReferenceSession(string input, IEnumerable<string> replies) =>
        (_input, _replies) = (input, new Queue<string>(replies));

    /// <summary>Null when the server read the same conversation.</summary>
    public static string? Compare(string input, string replies, List<string> messages)
    {
        var lines = replies.Split(
            "\r\n", StringSplitOptions.RemoveEmptyEntries).Where(static l => l.Length < 4 || l[3] != '-');
        var reference = new ReferenceSession(input, lines);
        var difference = reference.Follow();
        return difference
            ?? (reference._messages.SequenceEqual(messages, StringComparer.Ordinal) ? null : "other messages");
    }

    private string? Follow()
    {
        if (!_replies.TryDequeue(out var last) || !last.StartsWith("220", StringComparison.Ordinal))
        {
            return "no greeting";
        }

        while (Step(out var reply))
        {
            if (reply is null)
            {
                return $"no reply before octet {_position}";
            }

            if (reply.StartsWith("421", StringComparison.Ordinal) || reply.StartsWith("221", StringComparison.Ordinal)
                || reply.Contains("closing", StringComparison.Ordinal))
            {
                break;
            }
        }

        // A client that ends within a message is told so, and one that begins with another protocol before its line
        // ends.
        var afterAll = _position == 0 ? "554 5.5.1 This is SMTP" : "421 4.4.2";
        return _replies.Count == 0
            || (_replies.Count == 1 && _replies.Peek().StartsWith(afterAll, StringComparison.Ordinal))
            ? null
            : $"{_replies.Count} replies more, the first {_replies.Peek()}";
    }

    /// <summary>One command with its content; false when the input ends before it does.</summary>
    private bool Step(out string? reply)
    {
        reply = null;
        var end = _input.IndexOf('\n', _position);
        if (end < 0)
        {
            return false;
        }

        var line = _input[_position..end];
        _position = end + 1;
        if (ChunkSize(line) is not { } size)
        {
            return StepCommand(line, out reply);
        }

        if (size > _input.Length - _position)
        {
            return false;
        }

        StepChunk(line, (int)size, out reply);
        return true;
    }

    private bool StepCommand(string line, out string? reply)
    {
        reply = _replies.TryDequeue(out var next) ? next : null;
        if (reply?.StartsWith("354", StringComparison.Ordinal) != true)
        {
            var isReset = reply?.StartsWith("250", StringComparison.Ordinal) == true
                && !line.StartsWith("NOOP", StringComparison.OrdinalIgnoreCase);
            _chunks = isReset ? "" : _chunks;
            return true;
        }

        var length = ReferenceDots.Length(_input[_position..]);
        if (length < 0)
        {
            return false;
        }

        var message = _input.Substring(_position, length);
        _position += length;
        reply = _replies.TryDequeue(out next) ? next : null;
        if (reply?.StartsWith("250", StringComparison.Ordinal) == true)
        {
            _messages.Add(
                ReferenceDots.HasLookAlike(message) ? "a look-alike was accepted" : ReferenceDots.Decode(message));
        }

        return true;
    }

    private void StepChunk(string line, int size, out string? reply)
    {
        var chunk = _input.Substring(_position, size);
        _position += size;
        reply = _replies.TryDequeue(out var next) ? next : null;
        if (reply?.StartsWith("250", StringComparison.Ordinal) != true)
        {
            return;
        }

        _chunks += chunk;
        if (line.TrimEnd().EndsWith("LAST", StringComparison.OrdinalIgnoreCase))
        {
            _messages.Add(_chunks);
            _chunks = "";
        }
    }

    /// <summary>Of a line that is text and a BDAT with a number.</summary>
    private static long? ChunkSize(string line)
    {
        // Tabs part arguments, too.
        line = line.Contains('"', StringComparison.Ordinal) ? line : line.Replace('\t', ' ');
        if (!line.EndsWith('\r') || line[..^1].Any(static c => c is < ' ' or >= '\x7f'))
        {
            return null;
        }

        var words = line.Split([' ', '\r'], StringSplitOptions.RemoveEmptyEntries);
        return words.Length > 1 && line[0] != ' ' && words[0].Equals("BDAT", StringComparison.OrdinalIgnoreCase)
            && long.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : null;
    }
}
