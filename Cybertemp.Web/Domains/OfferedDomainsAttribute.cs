using System.ComponentModel.DataAnnotations;
using Cybertemp.Mail.Addresses;

namespace Cybertemp.Web.Domains;

/// <summary>Allows domains, and wildcards for their subdomains, separated by commas.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class OfferedDomainsAttribute()
    : ValidationAttribute("The field {0} must be domains such as example.com or *.example.com, separated by commas.")
{
    public override bool IsValid(object? value) => value is string text && DomainSet.TryParse(text, out _);

    /// <summary>For text that validation has let pass.</summary>
    public static IReadOnlyList<DomainPattern> Parse(string text) =>
    [
        .. text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(static t => DomainPattern.TryParse(t, out var pattern) ? pattern : (DomainPattern?)null)
            .OfType<DomainPattern>(),
    ];
}
