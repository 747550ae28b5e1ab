using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Cybertemp.Tests.Bundled.AspireHosting;

public sealed class ModelTests
{
    private static readonly DistributedApplicationExecutionContext Run = new(DistributedApplicationOperation.Run);

    [Theory]
    [InlineData("a")]
    [InlineData("smtp-receiver")]
    [InlineData("Redis2")]
    public void Takes_a_valid_resource_name(string name) => Assert.Equal(name, new ExecutableResource(name, "true", "/").Name);

    [Theory]
    [InlineData("", "between 1 and 64")]
    [InlineData("2redis", "start with an ASCII letter")]
    [InlineData("my_redis", "only ASCII letters, digits, and hyphens")]
    [InlineData("rédis", "only ASCII letters, digits, and hyphens")]
    [InlineData("my--redis", "consecutive hyphens")]
    [InlineData("redis-", "end with a hyphen")]
    public void Refuses_an_invalid_resource_name(string name, string reason) =>
        Assert.Contains(reason, Assert.Throws<ArgumentException>(() => new ExecutableResource(name, "true", "/")).Message, StringComparison.Ordinal);

    [Fact]
    public void Refuses_a_name_of_65_characters() =>
        Assert.Throws<ArgumentException>(() => new ExecutableResource(new string('a', 65), "true", "/"));

    [Fact]
    public void Refuses_a_name_that_is_taken_in_another_case()
    {
        var builder = Builder();
        builder.AddRedis("cache");
        var error = Assert.Throws<DistributedApplicationException>(() => builder.AddPostgres("Cache"));
        Assert.Contains("Resource names are case-insensitive.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_a_second_endpoint_of_one_name()
    {
        var executable = Builder().AddExecutable("web", "true", "/").WithHttpEndpoint();
        Assert.Contains(
            "Endpoint with name 'http' already exists", Assert.Throws<DistributedApplicationException>(() => executable.WithHttpEndpoint()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cybertemp", "cybertemp")]
    [InlineData("my-db", "my_db")]
    [InlineData("2nd.db", "_2nd_db")]
    public void Encodes_names_of_variables(string name, string encoded) => Assert.Equal(encoded, EnvironmentVariableName.Encode(name));

    [Fact]
    public async Task A_reference_gives_the_connection_string_and_its_parts()
    {
        var builder = Builder("Parameters:pg-password=p{1}");
        var postgres = builder.AddPostgres("pg");
        Allocate(postgres.Resource, 1234);
        var variables = await VariablesAsync(builder.AddExecutable("web", "true", "/").WithReference(postgres.AddDatabase("my-db", "d")));

        Assert.Equal("Host=localhost;Port=1234;Username=postgres;Password=p{1};Database=d", variables["ConnectionStrings__my-db"]);
        Assert.Equal("localhost", variables["MY_DB_HOST"]);
        Assert.Equal("1234", variables["MY_DB_PORT"]);
        Assert.Equal("postgresql://postgres:p%7B1%7D@localhost:1234/d", variables["MY_DB_URI"]);
        Assert.Equal("jdbc:postgresql://localhost:1234/d", variables["MY_DB_JDBCCONNECTIONSTRING"]);
        Assert.Equal("d", variables["MY_DB_DATABASENAME"]);
    }

    [Fact]
    public async Task A_reference_can_have_another_name()
    {
        var builder = Builder("Parameters:redis-password=secret");
        var redis = builder.AddRedis("redis");
        Allocate(redis.Resource, 6379);
        var variables = await VariablesAsync(builder.AddExecutable("web", "true", "/").WithReference(redis, connectionName: "cache"));

        Assert.Equal("localhost:6379,password=secret", variables["ConnectionStrings__cache"]);
        Assert.Equal("redis://:secret@localhost:6379", variables["CACHE_URI"]);
    }

    [Fact]
    public async Task A_missing_parameter_is_named()
    {
        var builder = Builder();
        var web = builder.AddExecutable("web", "true", "/").WithEnvironment("KEY", builder.AddParameter("api-key", secret: true));
        var error = await Assert.ThrowsAsync<MissingParameterValueException>(() => VariablesAsync(web));
        Assert.Contains("'Parameters:api-key'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_string_comes_from_the_configuration()
    {
        var builder = Builder("ConnectionStrings:db=Host=elsewhere");
        var variables = await VariablesAsync(builder.AddExecutable("web", "true", "/").WithReference(builder.AddConnectionString("db")));
        Assert.Equal("Host=elsewhere", variables["ConnectionStrings__db"]);
    }

    [Fact]
    public void A_generated_password_is_long_and_free_of_look_alikes()
    {
        var passwords = Enumerable.Range(0, 200).Select(_ => new GenerateParameterDefault { MinLength = 22, Special = false }.GetDefaultValue()).ToList();
        Assert.All(passwords, p => Assert.Matches("^[a-hjkmnp-zA-HJKMNP-Z0-9]{22}$", p));
        Assert.Distinct(passwords, StringComparer.Ordinal);
    }

    [Fact]
    public void A_resource_cannot_wait_for_itself()
    {
        var builder = Builder();
        var web = builder.AddExecutable("web", "true", "/");
        Assert.Throws<DistributedApplicationException>(() => web.WaitFor(web));
    }

    [Fact]
    public void Waiting_for_a_child_waits_for_its_parent_too()
    {
        var builder = Builder();
        var database = builder.AddPostgres("pg").AddDatabase("db");
        var waits = builder.AddExecutable("web", "true", "/").WaitFor(database).Resource.Annotations.OfType<WaitAnnotation>();
        Assert.Equal(["pg", "db"], waits.Select(w => w.Resource.Name), StringComparer.Ordinal);
    }

    private static IDistributedApplicationBuilder Builder(params string[] settings) => DistributedApplication.CreateBuilder(settings);

    private static void Allocate(IResource resource, int port)
    {
        var endpoint = resource.Annotations.OfType<EndpointAnnotation>().Single();
        endpoint.AllocatedEndpoint = new AllocatedEndpoint(endpoint, "localhost", port);
    }

    private static async Task<Dictionary<string, string?>> VariablesAsync(IResourceBuilder<IResource> builder)
    {
        var resolved = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var (name, value) in await builder.Resource.GetEnvironmentAsync(Run, CancellationToken.None))
        {
            resolved[name] = value is IValueProvider provider ? await provider.GetValueAsync() : (string)value;
        }

        return resolved;
    }
}
