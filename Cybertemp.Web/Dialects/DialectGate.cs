using Cybertemp.Web.Access;

namespace Cybertemp.Web.Dialects;

/// <summary>The way into every dialect: the limits of the API first, then who asks.</summary>
internal sealed class DialectGate(RequestDelegate next, RequestLimits limits)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<Dialect>() is { } dialect
            && (limits.Refuse(context) ?? await dialect.IdentifyAsync(context)) is { } refusal)
        {
            await dialect.Tell(refusal).ExecuteAsync(context);
            return;
        }

        await next(context);
    }
}
