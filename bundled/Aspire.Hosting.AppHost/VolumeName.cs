using System.Security.Cryptography;
using System.Text;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

internal static class VolumeName
{
    /// <summary><c>{app}-{hash of its directory}-{resource}-{suffix}</c>: two checkouts do not share data by accident.</summary>
    public static string Default<T>(IResourceBuilder<T> builder, string suffix)
        where T : IResource
    {
        var application = builder.ApplicationBuilder;
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(application.AppHostDirectory)))[..10];
        var name = application.Environment.ApplicationName.ToLowerInvariant();
        return $"{name}-{hash}-{builder.Resource.Name}-{suffix}";
    }
}
