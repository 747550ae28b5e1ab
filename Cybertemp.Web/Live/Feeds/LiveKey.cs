using Cybertemp.Web.Access;

namespace Cybertemp.Web.Live.Feeds;

/// <summary>What is listened to: an inbox as one kind of reader sees it, or all mail.</summary>
/// <param name="Inbox">In normal form; "" for all mail, which only an operator sees.</param>
internal readonly record struct LiveKey(ReaderKind Kind, string Inbox);
