using System.Collections.Frozen;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Cybertemp.Web.WebInbox;

/// <summary>
/// The files of <c>wwwroot</c>, which travel in the assembly, so that the page does not depend on where the process
/// runs. Compressed once, at start. Their version is part of their address: whoever has them asks for them no more.
/// </summary>
internal sealed class PageFiles
{
    private const string Prefix = "page/";
    private const string Document = "index.html";

    private static readonly FrozenDictionary<string, string> Types =
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [".css"] = "text/css; charset=utf-8",
            [".html"] = "text/html; charset=utf-8",
            [".js"] = "text/javascript; charset=utf-8",
            [".svg"] = "image/svg+xml",
        }.ToFrozenDictionary(StringComparer.Ordinal);

    private readonly FrozenDictionary<string, PageFile> _files;

    public PageFiles()
    {
        var assembly = typeof(PageFiles).Assembly;
        var octets = assembly.GetManifestResourceNames()
            .Where(static n => n.StartsWith(Prefix, StringComparison.Ordinal))
            .ToDictionary(static n => n[Prefix.Length..], Read, StringComparer.Ordinal);
        Version = VersionOf(octets);
        octets[Document] = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(octets[Document])
            .Replace("{assets}", $"/assets/{Version}", StringComparison.Ordinal));
        _files = octets.ToFrozenDictionary(
            static o => o.Key, static o => Prepare(o.Key, o.Value), StringComparer.Ordinal);
    }

    /// <summary>Another one with any other content.</summary>
    public string Version { get; }

    /// <summary>The one document, whose script reads the address.</summary>
    public PageFile Index => _files[Document];

    /// <summary>Null when there is none of that name.</summary>
    public PageFile? Find(string name) => _files.GetValueOrDefault(name);

    private static byte[] Read(string resource)
    {
        using var stream = typeof(PageFiles).Assembly.GetManifestResourceStream(resource)!;
        var octets = new byte[stream.Length];
        stream.ReadExactly(octets);
        return octets;
    }

    private static string VersionOf(Dictionary<string, byte[]> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, octets) in files.OrderBy(static f => f.Key, StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(name));
            hash.AppendData(octets);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 6));
    }

    private static PageFile Prepare(string name, byte[] octets)
    {
        var brotli = new byte[BrotliEncoder.GetMaxCompressedLength(octets.Length)];
        BrotliEncoder.TryCompress(octets, brotli, out var length, quality: 11, window: 22);
        var tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(octets).AsSpan(0, 8))}\"";
        return new PageFile(Types[Path.GetExtension(name)], tag, octets, brotli[..length], Gzip(octets));
    }

    private static byte[] Gzip(byte[] octets)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.SmallestSize))
        {
            gzip.Write(octets);
        }

        return compressed.ToArray();
    }
}
