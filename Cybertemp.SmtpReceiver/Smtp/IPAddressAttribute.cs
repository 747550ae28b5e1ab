using System.ComponentModel.DataAnnotations;
using System.Net;

namespace Cybertemp.SmtpReceiver.Smtp;

/// <summary>Allows an IPv4 or IPv6 address, or nothing.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class IPAddressAttribute()
    : ValidationAttribute("The field {0} must be an IP address, or empty for all.")
{
    public override bool IsValid(object? value) =>
        value is "" || (value is string text && IPAddress.TryParse(text, out _));
}
