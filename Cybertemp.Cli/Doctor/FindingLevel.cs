namespace Cybertemp.Cli.Doctor;

/// <summary>How bad it is.</summary>
internal enum FindingLevel
{
    Ok,

    /// <summary>Worth knowing, or cannot be seen from here.</summary>
    Note,

    /// <summary>Mail is refused, lost or not found until something is done.</summary>
    Problem,
}
