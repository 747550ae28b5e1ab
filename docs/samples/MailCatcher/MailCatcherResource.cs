namespace MailCatcher;

/// <summary>Receives the mail of every application of the model, and sends none on.</summary>
public sealed class MailCatcherResource(string name) : ContainerResource(name), IResourceWithConnectionString
{
    internal const string SmtpEndpoint = "smtp";

    /// <summary><c>Endpoint=smtp://host:port</c>, as applications take it of other mail catchers.</summary>
    public ReferenceExpression ConnectionStringExpression
    {
        get
        {
            var smtp = new EndpointReference(this, SmtpEndpoint);
            return ReferenceExpression.Create(
                $"Endpoint=smtp://{smtp.Property(EndpointProperty.Host)}:{smtp.Property(EndpointProperty.Port)}");
        }
    }
}
