namespace Cybertemp.Web.Messages;

/// <summary>What a query found.</summary>
/// <param name="Rows">Newest first.</param>
/// <param name="HasForeignCursor">A cursor is a message that this reader sees in another inbox.</param>
internal sealed record MessageListing(IReadOnlyList<MessageRow> Rows, bool HasForeignCursor)
{
    public static readonly MessageListing Foreign = new([], HasForeignCursor: true);
}
