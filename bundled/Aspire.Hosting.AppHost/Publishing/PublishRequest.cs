using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Publishing;

/// <summary>What the command line asks for instead of a run: <c>--publisher manifest</c> or <c>--operation publish --step publish-manifest</c>.</summary>
internal sealed record PublishRequest(string OutputPath)
{
    private const string ManifestFileName = "aspire-manifest.json";

    /// <summary>What to publish; null for a run.</summary>
    public static PublishRequest? Read(IConfiguration configuration)
    {
        var step = (configuration["operation"], configuration["publisher"]) switch
        {
            (null or "run", null) => null,
            (_, { } publisher) => publisher == "manifest" ? "publish-manifest" : publisher,
            ("publish", null) => configuration["step"] ?? "publish",
            var (operation, _) => operation,
        };
        return step switch
        {
            null => null,
            "publish-manifest" => new PublishRequest(ManifestPath(configuration["output-path"])),
            _ => throw new NotSupportedException($"'{step}' needs the published package Aspire.Hosting.AppHost; here there is --publisher manifest."),
        };
    }

    /// <summary>A path that ends in .json is the file, any other the directory for it.</summary>
    private static string ManifestPath(string? outputPath)
    {
        var path = Path.GetFullPath(outputPath ?? ManifestFileName);
        return path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? path : Path.Combine(path, ManifestFileName);
    }
}
