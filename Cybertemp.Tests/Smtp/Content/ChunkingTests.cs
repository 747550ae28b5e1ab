namespace Cybertemp.Tests.Smtp.Content;

/// <summary>BDAT: RFC 3030.</summary>
public sealed class ChunkingTests
{
    [Fact]
    public async Task Keeps_every_octet_of_the_chunks()
    {
        await using var fixture = new SmtpFixture().Start();
        await fixture.BeginTransactionAsync();
        await fixture.SendAsync("BDAT 9\r\n\r\n.\r\n\0\r\n.BDAT 3 LAST\r\n\n.\n");
        await fixture.ExpectAsync("250 2.0.0 Chunk ok");
        await fixture.ExpectAsync("250 2.0.0 Ok: Message accepted");
        Assert.Equal("\r\n.\r\n\0\r\n.\n.\n", fixture.Content);
    }

    [Fact]
    public async Task Reads_a_chunk_that_comes_one_octet_at_a_time()
    {
        await using var fixture = new SmtpFixture().Start();
        await fixture.BeginTransactionAsync();
        foreach (var octet in "BDAT 4\r\nQUITBDAT 2 LAST\r\n\r\nNOOP\r\n")
        {
            await fixture.SendAsync(octet.ToString());
        }

        await fixture.ExpectAsync("250 2.0.0 Chunk ok");
        await fixture.ExpectAsync("250 2.0.0 Ok: Message accepted");
        await fixture.ExpectAsync("250 2.0.0 Ok");
        Assert.Equal("QUIT\r\n", fixture.Content);
    }

    [Fact]
    public async Task Takes_an_empty_last_chunk()
    {
        await using var fixture = new SmtpFixture().Start();
        await fixture.BeginTransactionAsync();
        await fixture.SendAsync("BDAT 2\r\nhiBDAT 0 LAST\r\n");
        await fixture.ExpectAsync("250 2.0.0 Chunk ok");
        await fixture.ExpectAsync("250 2.0.0 Ok: Message accepted");
        Assert.Equal("hi", fixture.Content);
    }

    [Theory]
    [InlineData(@"C> BDAT 6\r\nQUIT\r\n", "503 5.5.1")]
    [InlineData(@"C> BDAT 6 LAST\r\nQUIT\r\n", "503 5.5.1")]
    [InlineData(@"C> BDAT 6 FIRST\r\nQUIT\r\n", "501 5.5.4")]
    public Task Consumes_a_chunk_that_it_refuses(string chunk, string reply) => Dialogue.RunAsync($"""
        S: 220
        {chunk}
        S: {reply}
        C: EHLO client.example
        S: 250
        {chunk}
        S: {reply}
        C: MAIL FROM:<a@client.example>
        S: 250
        C: RCPT TO:<a@elsewhere.example>
        S: 550
        {chunk}
        S: {reply}
        {chunk}
        S: {reply}
        C: NOOP
        S: 250
        """);

    [Fact]
    public async Task Content_over_the_limit_is_consumed_and_refused()
    {
        await using var fixture = new SmtpFixture("Smtp:MaxMessageBytes=1024").Start();
        await fixture.BeginTransactionAsync();
        await fixture.SendAsync(
            "BDAT 1000\r\n" + new string('a', 1000) + "BDAT 25\r\n" + new string('b', 25) + "BDAT 4 LAST\r\nQUIT");
        await fixture.ExpectAsync("250 2.0.0 Chunk ok");
        await fixture.ExpectAsync("552 5.3.4");
        await fixture.ExpectAsync("503 5.5.1 A chunk was refused");
        await fixture.ExchangeAsync("MAIL FROM:<a@client.example>", "503 5.5.1 A chunk was refused");
        await fixture.ExchangeAsync("RSET", "250");
        await fixture.ExchangeAsync("MAIL FROM:<a@client.example>", "250");
        Assert.Empty(fixture.Sink.Messages);
    }

    [Theory]
    [InlineData("BDAT")]
    [InlineData("BDAT LAST")]
    [InlineData("BDAT -1")]
    [InlineData("BDAT +1")]
    [InlineData("BDAT 0x10")]
    [InlineData("BDAT 99999999999999999999")]
    public Task Closes_when_it_cannot_tell_where_a_chunk_ends(string command) => Dialogue.RunAsync($"""
        S: 220
        C: {command}
        S: 421 4.5.4
        S: EOF
        """);

    [Fact]
    public Task Closes_instead_of_reading_a_chunk_of_more_than_twice_the_limit() => Dialogue.RunAsync(
        """
        S: 220
        C: BDAT 2049
        S: 552 5.3.4
        S: EOF
        """,
        "Smtp:MaxMessageBytes=1024");

    [Fact]
    public async Task The_reply_of_the_store_ends_the_transaction()
    {
        await using var fixture = new SmtpFixture().Start();
        fixture.Sink.Reply = static (_, _) =>
            ValueTask.FromResult(Cybertemp.SmtpReceiver.Smtp.SmtpReply.StorageUnavailable);
        await fixture.BeginTransactionAsync();
        await fixture.SendAsync("BDAT 2 LAST\r\nhi");
        await fixture.ExpectAsync("451 4.3.0");
        await fixture.ExchangeAsync("MAIL FROM:<a@client.example>", "250");
    }
}
