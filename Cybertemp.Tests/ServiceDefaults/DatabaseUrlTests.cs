using Cybertemp.ServiceDefaults.Configuration;
using Npgsql;

namespace Cybertemp.Tests.ServiceDefaults;

public sealed class DatabaseUrlTests
{
    [Theory]
    [InlineData("postgresql://localhost", "Host=localhost")]
    [InlineData("postgres://u@db:6000/mail", "Host=db;Port=6000;Username=u;Database=mail")]
    [InlineData("postgresql://u:p%40ss%3Aw%2F%25@db/mail", "Host=db;Username=u;Password=p@ss:w/%;Database=mail")]
    [InlineData("postgresql://u:a;b='c'@db/mail", "Host=db;Username=u;Password=\"a;b='c'\";Database=mail")]
    [InlineData(
        "postgresql://u@db/mail?passfile=/run/secrets/pgpass",
        "Host=db;Username=u;Database=mail;Passfile=/run/secrets/pgpass")]
    [InlineData("postgresql://u@[2001:db8::1]:5433/mail", "Host=2001:db8::1;Port=5433;Username=u;Database=mail")]
    [InlineData("postgresql://%2Fvar%2Frun%2Fpostgresql/mail", "Host=/var/run/postgresql;Database=mail")]
    [InlineData("postgresql:///mail?host=/tmp&port=5433&user=u", "Host=/tmp;Port=5433;Username=u;Database=mail")]
    [InlineData(
        "postgresql://u@a,b:5433/mail?target_session_attrs=primary",
        "Host=a,b:5433;Username=u;Database=mail;Target Session Attributes=primary")]
    [InlineData("postgresql://u@[::1]:5432,b/mail", "Host=[::1]:5432,b;Username=u;Database=mail")]
    [InlineData("postgresql://db/mail?target_session_attrs=primary", "Host=db;Database=mail")]
    [InlineData(
        "postgresql://db/mail?sslmode=verify-full&sslrootcert=/ca.pem&connect_timeout=5",
        "Host=db;Database=mail;SSL Mode=VerifyFull;Root Certificate=/ca.pem;Timeout=5")]
    public void Translates(string url, string expected) =>
        Assert.Equivalent(
            new NpgsqlConnectionStringBuilder(expected).ToArray(),
            new NpgsqlConnectionStringBuilder(DatabaseUrl.ToConnectionString(url)).ToArray(),
            strict: true);

    [Theory]
    [InlineData("mysql://u:secret@db/mail", "postgresql://")]
    [InlineData("postgresql://u:secret@db/mail?pgbouncer=true", "'pgbouncer'")]
    [InlineData("postgresql://u:secret@db/mail?sslmode=yes", "sslmode is 'yes'")]
    [InlineData("postgresql://u:secret@db:0/mail", "port is '0'")]
    [InlineData("postgresql://u:secret@db:x/mail", "port is 'x'")]
    [InlineData("postgresql://u:secret%zz@db/mail", "percent")]
    [InlineData("postgresql://u:secret@[::1/mail", "bracket")]
    [InlineData("postgresql://u:secret@db/mail?connect_timeout=soon", "connect_timeout is 'soon'")]
    public void Refuses_with_the_part_at_fault_and_without_the_password(string url, string reason)
    {
        var exception = Assert.Throws<ConfigurationException>(() => DatabaseUrl.ToConnectionString(url));
        Assert.StartsWith("DATABASE_URL", exception.Message, StringComparison.Ordinal);
        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_text_is_translated_or_refused_with_one_reason()
    {
        var random = new Random(20261122);
        const string Alphabet = "au:/@[]?&=,%2F;'\" .0é";
        for (var i = 0; i < 20_000; i++)
        {
            var url = "postgresql://" + new string(random.GetItems(Alphabet.AsSpan(), random.Next(24)));
            if (Record.Exception(() => DatabaseUrl.ToConnectionString(url)) is { } exception)
            {
                Assert.IsType<ConfigurationException>(exception);
            }
        }
    }
}
