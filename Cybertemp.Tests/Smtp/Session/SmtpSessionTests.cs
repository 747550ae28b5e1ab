using System.Text;

namespace Cybertemp.Tests.Smtp.Session;

public sealed class SmtpSessionTests
{
    [Fact]
    public async Task Takes_a_message_and_names_it_in_the_reply()
    {
        await using var fixture = new SmtpFixture().Start();
        await fixture.BeginDataAsync();
        await fixture.SendAsync("Subject: x\r\n\r\n..hello\r\n.\r\n");
        await fixture.ExpectAsync($"250 2.0.0 Ok: Message accepted {fixture.Message.Uid}");
        Assert.Equal("Subject: x\r\n\r\n.hello\r\n", Encoding.ASCII.GetString(fixture.Message.Content.Span));
        Assert.Equal("a@client.example", fixture.Message.Envelope.MailFrom);
        Assert.Equal("box@temp.example", Assert.Single(fixture.Message.Envelope.Recipients).ToString());
        Assert.Equal("client.example", fixture.Message.Envelope.Helo);
        Assert.Equal("192.0.2.1", fixture.Message.Envelope.ClientAddress.ToString());
    }

    [Fact]
    public Task Greets_with_the_baselines_banner() => Dialogue.RunAsync("""
        S: 220 mx.test ESMTP Cybertemp Mail Receiver
        C: QUIT
        S: 221 2.0.0
        S: EOF
        """);

    [Fact]
    public Task Refuses_commands_before_a_greeting() => Dialogue.RunAsync("""
        S: 220
        C: MAIL FROM:<a@client.example>
        S: 503 5.5.1
        C: RCPT TO:<box@temp.example>
        S: 503 5.5.1
        C: DATA
        S: 503 5.5.1
        C: RSET
        S: 250 2.0.0
        C: MAIL FROM:<a@client.example>
        S: 503 5.5.1
        """);

    [Fact]
    public Task Refuses_a_recipient_and_keeps_the_transaction() => Dialogue.RunAsync("""
        S: 220
        C: HELO client.example
        S: 250 mx.test
        C: MAIL FROM:<a@client.example>
        S: 250 2.1.0
        C: RCPT TO:<box@elsewhere.example>
        S: 550 5.7.1
        C: DATA
        S: 503 5.5.1
        C: RCPT TO:<box@temp.example>
        S: 250 2.1.5
        C: DATA
        S: 354
        C: .
        S: 250 2.0.0 Ok: Message accepted
        """);

    [Fact]
    public Task Closes_after_too_many_errors() => Dialogue.RunAsync("""
        S: 220
        C> A\r\nB\r\nC\r\nD\r\nE\r\nF\r\nG\r\nH\r\nI\r\nJ\r\nK\r\nL\r\n
        S: 500 5.5.1
        S: 500 5.5.1
        S: 500 5.5.1
        S: 500 5.5.1
        S: 500 5.5.1
        S: 500 5.5.1
        S: 500 5.5.1
        S: 500 5.5.1
        S: 500 5.5.1
        S: 500 5.5.1
        S: 421 4.7.0
        S: EOF
        """);

    [Fact]
    public Task Closes_when_no_command_comes() => Dialogue.RunAsync("""
        S: 220
        T: 200
        C> NO
        T: 100
        S: 421 4.4.2
        S: EOF
        """);

    [Fact]
    public Task Closes_when_content_stops() => Dialogue.RunAsync("""
        S: 220
        C: EHLO client.example
        S: 250
        C: MAIL FROM:<>
        S: 250
        C: RCPT TO:<box@temp.example>
        S: 250
        C: DATA
        S: 354
        C: Subject: x
        T: 180
        S: 421 4.4.2
        S: EOF
        """);

    [Fact]
    public async Task Answers_a_pipelined_batch_with_one_flush()
    {
        await using var fixture = new SmtpFixture().Start();
        await fixture.ExpectAsync("220");
        await fixture.SendAsync("EHLO c\r\nMAIL FROM:<a@b>\r\nRCPT TO:<box@temp.example>\r\nDA");
        await fixture.ExpectAsync("250");
        await fixture.ExpectAsync("250");
        await fixture.ExpectAsync("250");
        Assert.False(fixture.HasReply());
        await fixture.SendAsync("TA\r\n");
        await fixture.ExpectAsync("354");
        await fixture.SendAsync("hi\r\n.\r\nQUIT\r\n");
        await fixture.ExpectAsync("250");
        await fixture.ExpectAsync("221");
    }

    [Fact]
    public async Task Reads_commands_that_come_one_octet_at_a_time()
    {
        await using var fixture = new SmtpFixture().Start();
        foreach (var octet in "EHLO c\r\nMAIL FROM:<a@b>\r\nRCPT TO:<box@temp.example>\r\nDATA\r\n..\r\n.\r\nQUIT\r\n")
        {
            await fixture.SendAsync(octet.ToString());
        }

        foreach (var reply in (string[])[
            "220", "250", "250", "250", "354", "250 2.0.0 Ok: Message accepted", "221", "EOF"])
        {
            await fixture.ExpectAsync(reply);
        }

        Assert.Equal(".\r\n", Encoding.ASCII.GetString(fixture.Message.Content.Span));
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\\r\\nHost: mx.test\\r\\n\\r\\n")]
    [InlineData("get / HTTP/1.1\\n")]
    [InlineData("PRI * HTTP/2.0\\r\\n\\r\\nSM\\r\\n\\r\\n")]
    [InlineData("CONNECT mx.test:25 HTTP/1.1\\r\\n\\r\\n")]
    [InlineData("\\x16\\x03\\x01\\x02\\0\\x01")]
    public Task Another_protocol_ends_the_session(string first) =>
        Dialogue.RunAsync($"S: 220\nC> {first}\nS: 554 5.5.1\nS: EOF");

    [Fact]
    public Task A_request_line_of_any_length_ends_the_session_before_its_body() => Dialogue.RunAsync(
        $"S: 220\nC> POST /{new string('x', 5000)} HTTP/1.1\\r\\n\\r\\nHELO evil\\r\\n\nS: 554 5.5.1\nS: EOF");

    [Fact]
    public Task A_request_that_comes_in_pieces_ends_the_session() =>
        Dialogue.RunAsync("S: 220\nC> PO\nC> ST\nC> \\x20/\nS: 554 5.5.1\nS: EOF");

    [Fact]
    public Task Content_behind_a_refused_DATA_is_never_executed() =>
        Dialogue.RunAsync("S: 220\nC: EHLO c\nS: 250\nC> DATA\\r\\nMAIL FROM:<>\\r\\n\nS: 554 5.5.0\nS: EOF");

    [Fact]
    public Task Content_before_354_is_taken_when_that_is_allowed() => Dialogue.RunAsync(
        "S: 220\nC: EHLO c\nS: 250\nC> MAIL FROM:<>\\r\\nRCPT TO:<a@temp.example>\\r\\nDATA\\r\\nhi\\r\\n.\\r\\n\n"
            + "S: 250\nS: 250\nS: 354\nS: 250",
        "Smtp:ForbidUnauthorizedPipelining=false");

    [Fact]
    public Task Commands_up_to_DATA_come_in_one_group_and_chunks_need_not_wait() => Dialogue.RunAsync("""
        S: 220
        C: EHLO c
        S: 250
        C> MAIL FROM:<>\r\nRCPT TO:<a@temp.example>\r\nBDAT 2 LAST\r\nhiMAIL FROM:<>\r\nRCPT TO:<a@temp.example>\r\nDATA\r\n
        S: 250
        S: 250
        S: 250
        S: 250
        S: 250
        S: 354
        """);

    [Fact]
    public async Task Answers_the_last_command_of_a_client_that_has_hung_up()
    {
        await using var fixture = new SmtpFixture().Start();
        await fixture.SendAsync("EHLO c\r\nMAIL FROM:<a@b>\r\nRCPT TO:<box@temp.example>\r\nDATA\r\n");
        await fixture.SendAsync("hi\r\n.\r\nQUIT\r\n");
        await fixture.HangUpAsync();
        await fixture.Running;
        Assert.Equal("hi\r\n", Encoding.ASCII.GetString(fixture.Message.Content.Span));
    }
}
