using System.ComponentModel.DataAnnotations;

namespace Cybertemp.Mail.Clients;

/// <summary>Allows networks in CIDR notation and addresses, separated by commas.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class NetworkListAttribute()
    : ValidationAttribute("The field {0} must be networks such as 10.0.0.0/8 or fd00::/8, separated by commas.")
{
    public override bool IsValid(object? value) => value is string text && NetworkList.TryParse(text, out _);
}
