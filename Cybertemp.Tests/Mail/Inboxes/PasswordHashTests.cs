using Cybertemp.Mail.Inboxes;

namespace Cybertemp.Tests.Mail.Inboxes;

public sealed class PasswordHashTests
{
    [Fact]
    public void Knows_the_password_that_it_was_made_of()
    {
        var hash = PasswordHash.Create("correct horse");
        Assert.True(PasswordHash.Verify("correct horse", hash));
        Assert.False(PasswordHash.Verify("correct horsf", hash));
        Assert.False(PasswordHash.Verify("", hash));
    }

    /// <summary>Of passlib's documentation: pbkdf2_sha256.</summary>
    [Fact]
    public void Knows_what_others_made() => Assert.True(PasswordHash.Verify(
        "password", "$pbkdf2-sha256$6400$.6UI/S.nXIk8jcbdHx3Fhg$98jZicV16ODfEsEZeYPGHU3kbrUrvUEXOPimVSQDD44"));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("plain")]
    [InlineData("$pbkdf2-sha256$0$9t7be09prfXee2/NOUeotQ$Y.RDnnq8vsezSZSKy1QNy6xhKPdoBIwc.0XDdRm9sJ8")]
    [InlineData("$pbkdf2-sha256$999999999$9t7be09prfXee2/NOUeotQ$Y.RDnnq8vsezSZSKy1QNy6xhKPdoBIwc.0XDdRm9sJ8")]
    [InlineData("$pbkdf2-sha256$1000$$")]
    [InlineData("$pbkdf2-sha256$1000$9t7be09prfXee2/NOUeotQ$Y.RDnnq8")]
    [InlineData("$2b$12$GhvMmNVjRW29ulnudl.LbuAnUtN/LRfe1JsBm1Xu6LE3059z5Tr8m")]
    public void Is_no_password_for_what_is_no_hash(string? hash)
    {
        Assert.False(PasswordHash.Verify("", hash));
        Assert.False(PasswordHash.Verify("password", hash));
    }
}
