using System.Text.Json.Serialization;

namespace Cybertemp.Web.Dialects.Mailpit.Shapes;

/// <summary>Which messages are deleted or marked.</summary>
/// <param name="IDs">These; all for null and for none.</param>
/// <param name="Search">Those that it finds, where no ids are given.</param>
/// <param name="Read">What they are marked as.</param>
internal sealed record MailpitChange(
    [property: JsonPropertyName("IDs")] IReadOnlyList<string>? IDs = null, string? Search = null, bool Read = false);
