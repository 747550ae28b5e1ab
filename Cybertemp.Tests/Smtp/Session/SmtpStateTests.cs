namespace Cybertemp.Tests.Smtp.Session;

/// <summary>Every verb in every state: the order of commands, RFC 5321 §4.1.4, RFC 3030 §2, RFC 3207.</summary>
public sealed class SmtpStateTests
{
    private const string Greeted = "C: EHLO client.example\nS: 250\n";
    private const string HasSender = Greeted + "C: MAIL FROM:<a@client.example>\nS: 250\n";
    private const string HasRecipient = HasSender + "C: RCPT TO:<one@temp.example>\nS: 250\n";
    private const string IsChunking = HasRecipient + "C> BDAT 2\\r\\nhi\nS: 250\n";
    private const string ChunkRefused = HasSender + "C> BDAT 2\\r\\nhi\nS: 503\n";

    /// <summary>Replies in the states connected, greeted, MAIL, RCPT, chunking, chunk refused.</summary>
    [Theory]
    [InlineData("EHLO client.example", "250 250 250 250 250 250")]
    [InlineData("HELO client.example", "250 250 250 250 250 250")]
    [InlineData("STARTTLS", "502 502 502 502 502 502")]
    [InlineData("MAIL FROM:<b@client.example>", "503 250 503 503 503 503")]
    [InlineData("RCPT TO:<two@temp.example>", "503 503 250 250 503 503")]
    [InlineData("DATA", "503 503 503 354 503 503")]
    [InlineData(@"BDAT 0", "503 503 503 250 250 503")]
    [InlineData(@"BDAT 0 LAST", "503 503 503 250 250 503")]
    [InlineData("RSET", "250 250 250 250 250 250")]
    [InlineData("NOOP ignored", "250 250 250 250 250 250")]
    [InlineData("VRFY somebody", "252 252 252 252 252 252")]
    [InlineData("EXPN list", "502 502 502 502 502 502")]
    [InlineData("HELP", "214 214 214 214 214 214")]
    [InlineData("QUIT", "221 221 221 221 221 221")]
    [InlineData("XCLIENT ADDR=1.2.3.4", "500 500 500 500 500 500")]
    [InlineData("LHLO client.example", "500 500 500 500 500 500")]
    [InlineData("AUTH PLAIN", "500 500 500 500 500 500")]
    [InlineData("", "500 500 500 500 500 500")]
    public async Task Answers_every_verb_in_every_state(string command, string replies)
    {
        string[] states = ["", Greeted, HasSender, HasRecipient, IsChunking, ChunkRefused];
        foreach (var (state, reply) in states.Zip(replies.Split(' ')))
        {
            await Dialogue.RunAsync($"S: 220\n{state}C: {command}\nS: {reply}");
        }
    }

    [Theory]
    [InlineData("", "503")]
    [InlineData(Greeted, "220")]
    [InlineData(HasSender, "503")]
    [InlineData(HasRecipient, "503")]
    [InlineData(IsChunking, "503")]
    [InlineData(ChunkRefused, "503")]
    public Task Starts_TLS_between_transactions_only(string state, string reply) =>
        Dialogue.RunAsync($"S: 220\n{state}C: STARTTLS\nS: {reply}", "Smtp:Tls:SelfSigned=true");

    [Theory]
    [InlineData("EHLO")]
    [InlineData("HELO ")]
    [InlineData("EHLO two words")]
    [InlineData("EHLO <client.example>")]
    [InlineData("EHLO a@b")]
    [InlineData("DATA now")]
    [InlineData("RSET now")]
    [InlineData("QUIT now")]
    [InlineData("STARTTLS now")]
    [InlineData("VRFY")]
    [InlineData("EXPN")]
    [InlineData("MAIL")]
    [InlineData("MAIL TO:<a@client.example>")]
    [InlineData("MAIL FROM:a@client.example")]
    [InlineData("MAIL FROM:<a@client.example>SIZE=1")]
    [InlineData("MAIL FROM:<a@client.example> SIZE=")]
    [InlineData("MAIL FROM:<a@client.example> SIZE=1 SIZE=1")]
    [InlineData("MAIL FROM:<a@client.example> =1")]
    public Task Refuses_a_malformed_command_with_501(string command) =>
        Dialogue.RunAsync($"S: 220\n{Greeted}C: {command}\nS: 501 5.");

    [Theory]
    [InlineData("ehlo client.example")]
    [InlineData("EhLo client.example   ")]
    [InlineData("HELO   [192.0.2.1]")]
    [InlineData("EHLO\tclient_1.example\t")]
    [InlineData("EHLO [IPv6:2001:db8::1]")]
    public Task Takes_verbs_in_any_case_and_with_spaces_behind(string command) =>
        Dialogue.RunAsync($"S: 220\nC: {command}\nS: 250");

    [Fact]
    public Task A_second_greeting_drops_the_transaction() =>
        Dialogue.RunAsync($"S: 220\n{HasRecipient}C: EHLO client.example\nS: 250\nC: DATA\nS: 503");

    [Fact]
    public Task RSET_drops_the_transaction_and_leads_out_of_a_refused_chunk() =>
        Dialogue.RunAsync(
            $"S: 220\n{ChunkRefused}C: RSET\nS: 250\nC: MAIL FROM:<>\nS: 250\nC: RCPT TO:<a@temp.example>\nS: 250");

    [Fact]
    public Task Parameters_are_not_known_after_HELO() =>
        Dialogue.RunAsync(
            "S: 220\nC: HELO client.example\nS: 250\nC: MAIL FROM:<a@client.example> SIZE=1\nS: 555 5.5.4");

    [Fact]
    public Task A_pipelined_batch_after_a_refused_MAIL_is_not_an_error_of_the_client() => Dialogue.RunAsync(
        "S: 220\n" + Greeted + string.Concat(Enumerable.Repeat(
            "C> MAIL FROM:<x@banned.example>\\r\\nRCPT TO:<a@temp.example>\\r\\nDATA\\r\\n\nS: 550 5.7.1\n"
                + "S: 503 5.5.1\nS: 503 5.5.1\n", 20)) + "C: NOOP\nS: 250");
}
