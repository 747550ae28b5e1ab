using Cybertemp.Web.Access.SignIn;

namespace Cybertemp.Tests.Web.Access;

public sealed class SessionTokenTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly Session Some = new("grüße@temp.example", Now.AddHours(1), SessionToken.MarkOf("hash"));
    private static readonly SessionToken Tokens = new(new byte[32]);

    [Fact]
    public void Is_known_to_whoever_has_the_key_until_its_time_is_over()
    {
        var token = Tokens.Issue(Some);
        Assert.True(new SessionToken(new byte[32]).TryRead(token, Now, out var session));
        Assert.Equal(Some, session);
        Assert.False(Tokens.TryRead(token, Some.ExpiresAt, out _));
        Assert.False(new SessionToken([.. new byte[31], 1]).TryRead(token, Now, out _));
    }

    [Fact]
    public void Is_worth_nothing_with_any_change()
    {
        var (random, token) = (new Random(5), Tokens.Issue(Some));
        for (var i = 0; i < 20_000; i++)
        {
            var mutant = token.ToCharArray();
            mutant[random.Next(mutant.Length)] = (char)random.Next(32, 127);
            var text = new string(mutant)[..random.Next(mutant.Length + 1)];
            Assert.True(!Tokens.TryRead(text, Now, out var read) || Some.Equals(read), text);
        }

        foreach (var none in (string[])["", "cts_", "cts_AAAA", "cts_!", new string('A', 100_000)])
        {
            Assert.False(Tokens.TryRead(none, Now, out _));
        }
    }
}
