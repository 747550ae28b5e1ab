namespace Cybertemp.Web.Codes.Scoring;

internal enum LabelPlace
{
    None,

    /// <summary>In the same sentence, or in a cell before.</summary>
    Before,
    After,

    /// <summary>In a line above.</summary>
    Above,
    Below,
}
