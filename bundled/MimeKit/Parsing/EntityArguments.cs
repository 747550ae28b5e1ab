namespace MimeKit.Parsing;

/// <summary>What every entity is made of.</summary>
/// <param name="IsBody">The entity is a message's body: only the Content-* fields of the block are its own.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct EntityArguments(HeaderBlock Headers, ContentType Type, bool IsBody);
