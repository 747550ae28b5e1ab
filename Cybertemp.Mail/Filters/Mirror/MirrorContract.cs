using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cybertemp.Mail.Filters.Mirror;

/// <summary>
/// Keys, channel and encoding of the filter mirror. A version is one Redis hash: the field <c>header</c> and numbered
/// chunks, so that it expires or is evicted as a whole; it never changes once <see cref="CurrentKey"/> names it. The
/// other keys have that key as their hash tag: on a cluster all are in one slot, as the scripts need it. Rules of
/// recipients have fields of their own: a receiver that does not know them yet reads the others as before.
/// </summary>
internal static class MirrorContract
{
    /// <summary>The connection string's name.</summary>
    public const string ConnectionName = "redis";

    /// <summary>A string: the number of the version in force.</summary>
    public const string CurrentKey = "cybertemp:filter:current";

    /// <summary>A string with a time to live: the token of the one Sync that may publish.</summary>
    public const string LeaseKey = $"{{{CurrentKey}}}:lease";

    /// <summary>Each message is the number of the version that has just come into force.</summary>
    public const string ChangedChannel = "cybertemp:filter:changed";

    /// <summary>A version's hash is this and its number.</summary>
    public const string VersionKeyPrefix = $"{{{CurrentKey}}}:version:";

    public const string HeaderField = "header";

    public const int MaxChunkBytes = 960 * 1024;

    private const int Format = 1;

    /// <summary>The first octet of a line, in the order of <see cref="Lists"/>.</summary>
    private static readonly byte[] Kinds = "daApP"u8.ToArray();

    /// <summary>The same of <see cref="RecipientLists"/>.</summary>
    private static readonly byte[] RecipientKinds = "bx"u8.ToArray();

    public static string VersionKey(long version) =>
        string.Create(CultureInfo.InvariantCulture, $"{VersionKeyPrefix}{version}");

    /// <summary>0 for what is no version number.</summary>
    public static long ParseVersion(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : 0;

    /// <summary>The field of a chunk of the rules of recipients.</summary>
    public static string RecipientField(int chunk) =>
        string.Create(CultureInfo.InvariantCulture, $"recipients:{chunk}");

    /// <summary>Chunks of lines: the kind's octet, the rule in UTF-8, LF. Equal rules give equal octets.</summary>
    public static (Header Header, IReadOnlyList<byte[]> Chunks, IReadOnlyList<byte[]> RecipientChunks) Encode(
        FilterRules rules)
    {
        var chunks = EncodeLists(Lists(rules), Kinds);
        var recipients = rules.RecipientCount == 0 ? [] : EncodeLists(RecipientLists(rules), RecipientKinds);
        var header = new Header(
            Format,
            chunks.Count,
            rules.AcceptsAllDomains,
            rules.Domains.Count,
            rules.BanCount,
            Hash(rules.AcceptsAllDomains, chunks))
        {
            RecipientChunks = recipients.Count,
            Recipients = rules.RecipientCount,
            RecipientHash = recipients.Count == 0 ? "" : Hash(rules.AcceptsAllDomains, recipients),
        };
        return (header, chunks, recipients);
    }

    private static List<byte[]> EncodeLists(IReadOnlyList<string>[] lists, byte[] kinds)
    {
        var chunks = new List<byte[]>();
        var chunk = new ArrayBufferWriter<byte>();
        foreach (var (kind, rule) in lists.SelectMany((list, i) => list.Select(rule => (kinds[i], rule))))
        {
            if (chunk.WrittenCount + Encoding.UTF8.GetByteCount(rule) + 2 > MaxChunkBytes)
            {
                chunks.Add(chunk.WrittenSpan.ToArray());
                chunk.ResetWrittenCount();
            }

            chunk.Write([kind]);
            Encoding.UTF8.GetBytes(rule, chunk);
            chunk.Write("\n"u8);
        }

        chunks.Add(chunk.WrittenSpan.ToArray());
        return chunks;
    }

    /// <summary>The rules that were encoded.</summary>
    /// <exception cref="InvalidDataException">The chunks are not what the header promises.</exception>
    public static FilterRules Decode(
        Header header, IReadOnlyList<byte[]> chunks, IReadOnlyList<byte[]> recipientChunks)
    {
        if (header.Format != Format || header.Chunks != chunks.Count || header.RecipientChunks != recipientChunks.Count
            || header.Hash != Hash(header.AcceptsAllDomains, chunks)
            || (recipientChunks.Count > 0 && header.RecipientHash != Hash(header.AcceptsAllDomains, recipientChunks)))
        {
            throw new InvalidDataException("The version is incomplete or of another format.");
        }

        var (lists, recipients) = (DecodeLists(chunks, Kinds), DecodeLists(recipientChunks, RecipientKinds));
        var rules = new FilterRules
        {
            AcceptsAllDomains = header.AcceptsAllDomains,
            Domains = lists[0],
            BannedAddresses = lists[1],
            BannedAddressParts = lists[2],
            BannedDomains = lists[3],
            BannedDomainParts = lists[4],
            BlockedAddresses = recipients[0],
            DomainPrefixes = recipients[1],
        };
        return rules.Domains.Count == header.Domains && rules.BanCount == header.Bans
            && rules.RecipientCount == header.Recipients
            ? rules
            : throw new InvalidDataException("The version does not hold as many rules as its header says.");
    }

    private static List<string>[] DecodeLists(IReadOnlyList<byte[]> chunks, byte[] kinds)
    {
        List<string>[] lists = [.. kinds.Select(static _ => new List<string>())];
        foreach (var chunk in chunks)
        {
            DecodeChunk(chunk, kinds, lists);
        }

        return lists;
    }

    private static void DecodeChunk(ReadOnlySpan<byte> chunk, byte[] kinds, List<string>[] lists)
    {
        while (!chunk.IsEmpty)
        {
            var end = chunk.IndexOf((byte)'\n');
            var kind = kinds.AsSpan().IndexOf(chunk[0]);
            if (end < 2 || kind < 0)
            {
                throw new InvalidDataException("A line of the version is unreadable.");
            }

            lists[kind].Add(Encoding.UTF8.GetString(chunk[1..end]));
            chunk = chunk[(end + 1)..];
        }
    }

    private static IReadOnlyList<string>[] Lists(FilterRules rules) =>
        [rules.Domains, rules.BannedAddresses, rules.BannedAddressParts, rules.BannedDomains, rules.BannedDomainParts];

    private static IReadOnlyList<string>[] RecipientLists(FilterRules rules) =>
        [rules.BlockedAddresses, rules.DomainPrefixes];

    private static string Hash(bool acceptsAllDomains, IReadOnlyList<byte[]> chunks)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(acceptsAllDomains ? "all\n"u8 : "listed\n"u8);
        foreach (var chunk in chunks)
        {
            hash.AppendData(chunk);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>What a version has to hold to be complete.</summary>
    /// <param name="Hash">SHA-256 over the accept-all flag and all chunks: equal for equal rules.</param>
    internal sealed record Header(int Format, int Chunks, bool AcceptsAllDomains, int Domains, int Bans, string Hash)
    {
        /// <summary>How many chunks of rules of recipients there are.</summary>
        public int RecipientChunks { get; init; }

        /// <summary>How many rules of recipients there are.</summary>
        public int Recipients { get; init; }

        /// <summary>As the hash, over their chunks; "" without any.</summary>
        public string RecipientHash { get; init; } = "";

        /// <summary>Fields of the version's hash, this one among them.</summary>
        [JsonIgnore]
        public int Fields => Chunks + RecipientChunks + 1;

        public string ToJson() => JsonSerializer.Serialize(this);

        /// <summary>Null for what is no header.</summary>
        public static Header? FromJson(string? json)
        {
            try
            {
                return json is null ? null : JsonSerializer.Deserialize<Header>(json);
            }
            catch (JsonException)
            {
                return null;
            }
        }
    }
}
