namespace Cybertemp.Web.Webhooks;

/// <summary>All addresses of a target are in networks that webhooks may not be in.</summary>
internal sealed class ForbiddenNetworkException : Exception
{
    public ForbiddenNetworkException()
    {
    }

    public ForbiddenNetworkException(string message)
        : base(message)
    {
    }

    public ForbiddenNetworkException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
