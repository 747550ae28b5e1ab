namespace Cybertemp.Web.Messages.Search;

/// <summary>Where a word of a search is looked for.</summary>
internal enum SearchField
{
    /// <summary>Sender, inbox or subject.</summary>
    Any,

    /// <summary>The sender's name or address, or the envelope's.</summary>
    From,

    /// <summary>The inbox.</summary>
    To,

    Subject,

    /// <summary>The text.</summary>
    Text,

    /// <summary>The Message-ID field.</summary>
    MessageId,

    /// <summary>Sender, inbox, subject or text.</summary>
    Everywhere,
}
