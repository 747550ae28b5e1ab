using System.Globalization;
using System.IO.Hashing;
using Microsoft.Net.Http.Headers;

namespace Cybertemp.Web.Messages.Answers;

/// <summary>
/// The entity tag of a list (RFC 9110 §8.8.3): of its ids and read flags, since nothing else of a message changes.
/// </summary>
internal static class ListTag
{
    public static EntityTagHeaderValue Of(IReadOnlyList<MessageRow> rows)
    {
        var hash = new XxHash3();
        Span<byte> entry = stackalloc byte[17];
        foreach (var row in rows)
        {
            row.Id.TryWriteBytes(entry);
            entry[16] = row.Read ? (byte)1 : (byte)0;
            hash.Append(entry);
        }

        var value = string.Create(
            CultureInfo.InvariantCulture, $"\"{hash.GetCurrentHashAsUInt64():x16}-{rows.Count}\"");
        return new EntityTagHeaderValue(value, isWeak: true);
    }

    /// <summary>The client has that list.</summary>
    public static bool IsKnown(HttpRequest request, EntityTagHeaderValue tag)
    {
        foreach (var known in request.GetTypedHeaders().IfNoneMatch)
        {
            if (known.Compare(tag, useStrongComparison: false) || known.Equals(EntityTagHeaderValue.Any))
            {
                return true;
            }
        }

        return false;
    }
}
