using Cybertemp.Web.Requests;

namespace Cybertemp.Web.Dialects;

/// <summary>
/// How another API's clients are let in and told what is wrong. Endpoints carry it as metadata;
/// <see cref="DialectGate"/> asks it.
/// </summary>
internal abstract class Dialect
{
    /// <summary>Finds out who asks, as that API's clients say it; null when whoever it is may go on.</summary>
    public abstract ValueTask<Problem?> IdentifyAsync(HttpContext context);

    /// <summary>A problem in that API's words.</summary>
    public virtual IResult Tell(Problem problem) => problem;
}
