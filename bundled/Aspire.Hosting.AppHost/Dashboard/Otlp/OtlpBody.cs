using System.IO.Compression;
using Microsoft.AspNetCore.Http;

namespace Aspire.Hosting.Dashboard.Otlp;

/// <summary>Reads a request's body, plain or gzip, within <see cref="OtlpLimits"/>.</summary>
internal static class OtlpBody
{
    /// <summary>The body, or the status that says why there is none.</summary>
    public static async Task<(byte[] Body, int Status)> ReadAsync(HttpRequest request, CancellationToken ct)
    {
        var encoding = request.Headers.ContentEncoding.ToString();
        if (encoding is not ("" or "identity" or "gzip"))
        {
            return ([], StatusCodes.Status415UnsupportedMediaType);
        }

        try
        {
            await using var gzip = encoding == "gzip" ? new GZipStream(request.Body, CompressionMode.Decompress, leaveOpen: true) : null;
            return await ReadAsync(gzip ?? request.Body, ct);
        }
        catch (InvalidDataException)
        {
            return ([], StatusCodes.Status400BadRequest);
        }
        catch (BadHttpRequestException ex)
        {
            return ([], ex.StatusCode);
        }
    }

    private static async Task<(byte[] Body, int Status)> ReadAsync(Stream stream, CancellationToken ct)
    {
        using var body = new MemoryStream();
        var chunk = new byte[16 * 1024];
        int length;
        while ((length = await stream.ReadAsync(chunk, ct)) > 0)
        {
            if (body.Length + length > OtlpLimits.MaxInflatedBytes)
            {
                return ([], StatusCodes.Status413PayloadTooLarge);
            }

            await body.WriteAsync(chunk.AsMemory(0, length), ct);
        }

        return (body.ToArray(), StatusCodes.Status200OK);
    }
}
