using System.ComponentModel.DataAnnotations;

namespace Cybertemp.SmtpReceiver.Heartbeat;

/// <summary>Allows an absolute URL that HTTP can ask, or nothing.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class WebAddressAttribute() : ValidationAttribute(
    "The field {0} must be an absolute URL, http:// or https://.")
{
    public override bool IsValid(object? value) =>
        value is null or Uri { IsAbsoluteUri: true, Scheme: "http" or "https", Host.Length: > 0 };
}
