using Microsoft.Extensions.DependencyInjection;

namespace Cybertemp.Mail.Mime;

internal static class MimeRegistration
{
    internal static IServiceCollection AddMime(this IServiceCollection services) =>
        services.AddSingleton(new MimeLimits()).AddSingleton<MessageReader>();
}
