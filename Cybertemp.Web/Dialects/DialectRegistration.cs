using Cybertemp.Web.Dialects.Cybertemp;
using Cybertemp.Web.Dialects.Feeds;
using Cybertemp.Web.Dialects.Mailpit;
using Cybertemp.Web.Dialects.MailTm;
using Cybertemp.Web.Dialects.Mcp;

namespace Cybertemp.Web.Dialects;

/// <summary>The APIs that clients know already, as thin forms of this one.</summary>
internal static class DialectRegistration
{
    public static void AddDialects(this IServiceCollection services)
    {
        services.AddSingleton<CybertempDialect>();
        services.AddSingleton<MailpitDialect>();
        services.AddSingleton<MailTmDialect>();
        services.AddMcp();
    }

    /// <summary>Before the endpoints.</summary>
    public static void UseDialects(this WebApplication app)
    {
        app.UseMiddleware<DialectGate>();
        app.UseCybertempHealth();
        app.UseDoubleSlashes();
    }

    public static void MapDialects(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapFeed();
        endpoints.MapCybertemp();
        endpoints.MapMailpit();
        endpoints.MapMcpTools();
        endpoints.MapMailTm();
    }
}
