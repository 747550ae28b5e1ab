using System.ComponentModel.DataAnnotations;

namespace Cybertemp.Web.Access;

/// <summary>Allows true only beside an operator's key: nobody could use it.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class NeedsOperatorKeyAttribute : ValidationAttribute
{
    public override bool RequiresValidationContext => true;

    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) =>
        value is true && validationContext.ObjectInstance is WebOptions { OperatorKey: null or "" }
            ? new ValidationResult(
                $"The field {validationContext.DisplayName} must be false unless "
                    + $"{WebOptions.Section}:OperatorKey is set.",
                [validationContext.MemberName!])
            : ValidationResult.Success;
}
