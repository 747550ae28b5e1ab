namespace Cybertemp.Web.Codes.Numbers;

/// <summary>What a number, or a word that may be a code, is made of.</summary>
internal enum Shape
{
    /// <summary>No code by its form: a date, an amount, a short number, an address.</summary>
    Other,
    Digits,

    /// <summary>Letters and digits.</summary>
    Mixed,

    /// <summary>Two or three groups with dashes between them.</summary>
    Dashed,
    Letters,
}
