namespace Aspire.Hosting.ApplicationModel;

/// <summary>What a resource may be called: 1 to 64 ASCII letters, digits and single hyphens, a letter first.</summary>
internal static class ResourceName
{
    private const int MaxLength = 64;

    public static void Validate(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (Fault(name) is { } fault)
        {
            throw new ArgumentException($"Resource name '{name}' is invalid. {fault}", nameof(name));
        }
    }

    private static string? Fault(string name) => name switch
    {
        { Length: 0 or > MaxLength } => $"Name must be between 1 and {MaxLength} characters long.",
        _ when name.Any(c => !char.IsAsciiLetterOrDigit(c) && c != '-') => "Name must contain only ASCII letters, digits, and hyphens.",
        _ when !char.IsAsciiLetter(name[0]) => "Name must start with an ASCII letter.",
        _ when name.EndsWith('-') => "Name cannot end with a hyphen.",
        _ when name.Contains("--", StringComparison.Ordinal) => "Name cannot contain consecutive hyphens.",
        _ => null,
    };
}
