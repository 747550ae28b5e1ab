namespace Cybertemp.Web.Access;

/// <summary>What a reader may see.</summary>
internal enum ReaderKind
{
    /// <summary>Temporary mail, by the inbox's name.</summary>
    Anyone,

    /// <summary>Also the private mail of the one address that the session is for.</summary>
    Owner,

    /// <summary>Also the mail of the one claimed inbox that the token is for.</summary>
    Holder,

    /// <summary>All mail.</summary>
    Operator,
}
