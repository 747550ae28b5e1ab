using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace Cybertemp.Web.Access;

/// <summary>Allows no secret, or one that is long enough not to be guessed.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SecretAttribute(int minLength) : ValidationAttribute
{
    public int MinLength => minLength;

    public override bool IsValid(object? value) => value is not string { Length: > 0 } text || text.Length >= minLength;

    public override string FormatErrorMessage(string name) => string.Create(
        CultureInfo.InvariantCulture, $"The field {name} must be empty or have at least {minLength} characters.");
}
