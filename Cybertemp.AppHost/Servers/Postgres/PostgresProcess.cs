namespace Cybertemp.AppHost.Servers.Postgres;

/// <summary>
/// PostgreSQL as a process of this machine, with one database. Over TCP it wants the password, over its Unix socket
/// none.
/// </summary>
internal sealed class PostgresProcess(
    string name, string command, ServerVolume volume, ParameterResource password, string databaseName)
    : ExecutableResource(name, command, "/"), IResourceWithConnectionString
{
    public const string UserName = "postgres";

    public ServerVolume Volume => volume;

    public ParameterResource Password => password;

    public string DatabaseName => databaseName;

    public EndpointReference Endpoint => new(this, "tcp");

    public ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create(
        $"Host={Host};Port={Port};Username={UserName};Password={password};Database={databaseName}");

    private EndpointReferenceExpression Host => Endpoint.Property(EndpointProperty.Host);

    private EndpointReferenceExpression Port => Endpoint.Property(EndpointProperty.Port);
}
