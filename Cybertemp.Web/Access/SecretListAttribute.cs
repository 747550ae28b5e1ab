using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace Cybertemp.Web.Access;

/// <summary>Allows secrets, separated by commas, each long enough not to be guessed.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SecretListAttribute(int minLength) : ValidationAttribute
{
    public int MinLength => minLength;

    public override bool IsValid(object? value) => value is string text && Parse(text).All(s => s.Length >= minLength);

    public override string FormatErrorMessage(string name) => string.Create(
        CultureInfo.InvariantCulture,
        $"The field {name} must be keys of at least {minLength} characters, separated by commas.");

    public static string[] Parse(string text) =>
        text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
