using System.Text;
using System.Text.Json;
using Cybertemp.Web.Messages.Answers;

namespace Cybertemp.Web.Live.Feeds;

/// <summary>
/// What is on its way to listeners, who share it: a new message, or a sign of life. Events are as in WHATWG HTML
/// §9.2.6; JSON has no line end in it. Immutable.
/// </summary>
internal sealed class LiveMessage
{
    /// <summary>Keeps connections open and shows the ones that are not.</summary>
    public static readonly LiveMessage Comment = new(": \n\n"u8.ToArray());

    private ReadOnlyMemory<byte>? _event;

    public LiveMessage(MessageSummary summary) => Summary = summary;

    private LiveMessage(byte[] comment) => _event = comment;

    /// <summary>Null of a comment.</summary>
    public MessageSummary? Summary { get; }

    public ReadOnlyMemory<byte> Event => _event ??= Write(Summary!);

    private static byte[] Write(MessageSummary summary) =>
    [
        .. "event: message\nid: "u8, .. Encoding.ASCII.GetBytes(summary.Id.ToString("D")), .. "\ndata: "u8,
        .. JsonSerializer.SerializeToUtf8Bytes(summary, WebJson.Api.MessageSummary), .. "\n\n"u8,
    ];
}
