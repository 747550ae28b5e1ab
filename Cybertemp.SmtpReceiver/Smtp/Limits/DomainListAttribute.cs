using System.ComponentModel.DataAnnotations;
using Cybertemp.Mail.Addresses;

namespace Cybertemp.SmtpReceiver.Smtp.Limits;

/// <summary>Allows domains and <c>*.</c> domains, separated by commas.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class DomainListAttribute()
    : ValidationAttribute("The field {0} must be domains such as example.com or *.example.com, separated by commas.")
{
    public override bool IsValid(object? value) => value is string text && DomainSet.TryParse(text, out _);
}
