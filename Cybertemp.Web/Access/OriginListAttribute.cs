using System.ComponentModel.DataAnnotations;

namespace Cybertemp.Web.Access;

/// <summary>Allows origins of web pages, separated by commas, or <c>*</c> for all of them.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class OriginListAttribute()
    : ValidationAttribute("The field {0} must be origins such as https://mail.example.com, separated by commas, or *.")
{
    public override bool IsValid(object? value) => value is string text && Parse(text).All(IsOrigin);

    public static string[] Parse(string text) =>
        text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>RFC 6454 §6.2: scheme, host and port, and nothing behind them.</summary>
    private static bool IsOrigin(string text) => text == "*"
        || (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            && text == uri.GetLeftPart(UriPartial.Authority));
}
