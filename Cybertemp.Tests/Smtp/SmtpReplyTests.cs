using System.Reflection;
using System.Text;
using Cybertemp.SmtpReceiver.Smtp;

namespace Cybertemp.Tests.Smtp;

/// <summary>
/// Every reply of the catalogue is one that a client can be given, and these scripts give it. <c>S: !</c> is the reply
/// itself.
/// </summary>
public sealed class SmtpReplyTests
{
    private const string Greeted = "S: 220\nC: EHLO client.example\nS: 250\n";
    private const string HasSender = Greeted + "C: MAIL FROM:<a@client.example>\nS: 250\n";
    private const string HasRecipient = HasSender + "C: RCPT TO:<one@temp.example>\nS: 250\n";
    private const string HasData = HasRecipient + "C: DATA\nS: 354\n";
    private const string Small = "Smtp:MaxMessageBytes=1024";

    private static readonly Dictionary<string, (string Script, string[] Settings)> Scripts = new(StringComparer.Ordinal)
    {
        ["HelpText"] = ("S: 220\nC: HELP\nS: !", []),
        ["ReadyForTls"] = (Greeted + "C: STARTTLS\nS: !", ["Smtp:Tls:SelfSigned=true"]),
        ["Closing"] = ("S: 220\nC: QUIT\nS: !\nS: EOF", []),
        ["Ok"] = ("S: 220\nC: NOOP\nS: !", []),
        ["SenderOk"] = (Greeted + "C: MAIL FROM:<>\nS: !", []),
        ["RecipientOk"] = (HasSender + "C: RCPT TO:<postmaster>\nS: !", []),
        ["ChunkOk"] = (HasRecipient + "C: BDAT 0\nS: !", []),
        ["CannotVerify"] = ("S: 220\nC: VRFY x\nS: !", []),
        ["StartMailInput"] = (HasRecipient + "C: DATA\nS: !", []),
        ["ShuttingDown"] = ("S: 220\nstop\nS: !\nS: EOF", []),
        ["CommandTimeout"] = ("S: 220\nT: 300\nS: !\nS: EOF", []),
        ["IdleTimeout"] = (Greeted + "T: 299\nC: MAIL FROM:<>\nS: 250\nC: RSET\nS: 250\nT: 299\nC: MAIL FROM:<>\n"
            + "S: 250\nT: 2\nS: !\nS: EOF", []),
        ["DataTimeout"] = (HasData + "C: x\nT: 180\nS: !\nS: EOF", ["Smtp:MinDataBytesPerSecond=0"]),
        ["MessageTimeout"] = (HasData + string.Concat(Enumerable.Repeat($"C: {new string('x', 1000)}\nT: 10\n", 6))
            + "S: !\nS: EOF", ["Smtp:MaxMessageTime=00:01:00"]),
        ["TooSlow"] = (HasData + "C> a\nT: 170\nC> a\nT: 11\nS: !\nS: EOF", []),
        ["ConnectionLost"] = (HasData + "C: x\nhang up\nS: !\nS: EOF", []),
        ["ChunkSizeUnreadable"] = (HasRecipient + "C: BDAT x\nS: !\nS: EOF", []),
        ["TooManyErrors"] = ("S: 220\nC: X\nS: 500\nC: X\nS: !\nS: EOF", ["Smtp:MaxErrors=1"]),
        ["TooManyRefusals"] = (
            HasSender + "C: RCPT TO:<a@b.example>\nS: 550\nC: RCPT TO:<a@b.example>\nS: !\nS: EOF",
            ["Smtp:MaxRefusals=1"]),
        ["InboxFlooded"] = (HasRecipient + "C: RSET\nS: 250\nC: MAIL FROM:<>\n"
            + "S: 250\nC: RCPT TO:<one@temp.example>\nS: 250\nC: DATA\nS: 354\nC: .\nS: 250\nC: MAIL FROM:<>\nS: 250\n"
            + "C: RCPT TO:<one@temp.example>\nS: !", ["Inboxes:MaxMessagesPerMinute=1"]),
        ["TooManyMessages"] =
            (HasSender + "C: RSET\nS: 250\nC: MAIL FROM:<>\nS: !", ["Smtp:MaxMessagesPerMinutePerClient=1"]),
        ["FiltersNotReady"] = ($"{Greeted}filters away\nC: MAIL FROM:<a@client.example>\nS: !\nC: MAIL FROM:<>\n"
            + "S: 250\nC: RCPT TO:<one@temp.example>\nS: !", []),
        ["TooManyRecipients"] = (HasSender
            + string.Concat(Enumerable.Range(0, 100).Select(static i => $"C: RCPT TO:<{i}@temp.example>\nS: 250\n"))
            + "C: RCPT TO:<x@temp.example>\nS: !", []),
        ["TooManyCopies"] = (Greeted + "C: MAIL FROM:<> SIZE=1000\nS: 250\nC: RCPT TO:<a@temp.example>\nS: 250\n"
            + "C: RCPT TO:<b@temp.example>\nS: !", [Small, "Smtp:MaxCopiedBytes=1999"]),
        ["LineTooLong"] =
            ($"S: 220\nC: NOOP {new string('x', 2042)}\nS: !\nC: NOOP {new string('x', 2041)}\nS: 250", []),
        ["LineEndless"] = ($"S: 220\nC> {new string('x', 70_000)}\nS: !\nS: EOF", []),
        ["BareLineFeed"] = ("S: 220\nC> NOOP\\n\nS: !", []),
        ["NotText"] = ("S: 220\nC> NO\\0OP\\r\\n\nS: !\nC> NOOP \\xff\\r\\n\nS: !\nC> NOOP \\r \\r\\n\nS: !", []),
        ["CommandUnrecognized"] = ("S: 220\nC: PROXY TCP4 192.0.2.7 192.0.2.8 1 2\nS: !", []),
        ["HelloSyntax"] = ("S: 220\nC: EHLO\nS: !", []),
        ["NoArgumentAllowed"] = ("S: 220\nC: QUIT please\nS: !", []),
        ["ArgumentMissing"] = ("S: 220\nC: VRFY\nS: !", []),
        ["MailSyntax"] = (Greeted + "C: MAIL\nS: !", []),
        ["RcptSyntax"] = (HasSender + "C: RCPT\nS: !", []),
        ["ChunkSyntax"] = (HasRecipient + "C> BDAT 2 FIRST\\r\\nhi\nS: !", []),
        ["ParameterSyntax"] = (Greeted + "C: MAIL FROM:<> SIZE\nS: !", []),
        ["SenderSyntax"] = (Greeted + "C: MAIL FROM:<a>\nS: !", []),
        ["RecipientSyntax"] = (HasSender + "C: RCPT TO:<>\nS: !", []),
        ["NotImplemented"] = ("S: 220\nC: EXPN list\nS: !", []),
        ["BadSequence"] = ("S: 220\nC: DATA\nS: !", []),
        ["NoTransaction"] = (Greeted + "C: MAIL FROM:<a@banned.example>\nS: 550\nC: RCPT TO:<one@temp.example>\nS: !\n"
            + "C> BDAT 2\\r\\nhi\nS: !", []),
        ["NoValidRecipients"] =
            (HasSender + "C: RCPT TO:<a@b.example>\nS: 550\nC: DATA\nS: !\nC> BDAT 2\\r\\nhi\nS: !", []),
        ["ChunkingFailed"] = (HasSender + "C> BDAT 2\\r\\nhi\nS: 503\nC: DATA\nS: !", []),
        ["RecipientIsLiteral"] = (HasSender + "C: RCPT TO:<a@[192.0.2.1]>\nS: !", []),
        ["DomainDisabled"] =
            (HasSender + "C: RCPT TO:<a@off.temp.example>\nS: !", ["Inboxes:DisabledDomains=*.temp.example"]),
        ["AddressBlocked"] = (HasSender + "C: RCPT TO:<blocked@temp.example>\nS: !", []),
        ["PrefixMissing"] = (HasSender + "C: RCPT TO:<a@qa.temp.example>\nS: !\n"
            + "C: RCPT TO:<test-a@qa.temp.example>\nS: 250", []),
        ["EndOfDataLookAlike"] = (HasData + "C> \\n.\\n\\r\\n.\\r\\n\nS: !", []),
        ["SenderBanned"] = (Greeted + "C: MAIL FROM:<a@banned.example>\nS: !", []),
        ["UnknownDomain"] = (HasSender + "C: RCPT TO:<a@b.example>\nS: !", []),
        ["MessageTooLarge"] = (HasData + $"C: {new string('x', 1023)}\nC: .\nS: !", [Small]),
        ["MessageFarTooLarge"] = (HasData + $"C: {new string('x', 2049)}\nS: !\nS: EOF", [Small]),
        ["CopiesTooLarge"] = (HasRecipient + "C: RCPT TO:<b@temp.example>\nS: 250\nC: DATA\nS: 354\n"
            + $"C: {new string('x', 999)}\nC: .\nS: !", [Small, "Smtp:MaxCopiedBytes=1999"]),
        ["DeclaredTooLarge"] =
            (Greeted + "C: MAIL FROM:<> SIZE=1025\nS: !\nC: MAIL FROM:<> SIZE=99999999999999999999\nS: !", [Small]),
        ["LocalPartTooLong"] = (HasSender + $"C: RCPT TO:<{new string('x', 65)}@temp.example>\nS: !\n"
            + $"C: RCPT TO:<{new string('x', 64)}@temp.example>\nS: 250", []),
        ["Utf8NotDeclared"] = (Greeted + "C> MAIL FROM:<\\xc3\\xa4@client.example>\\r\\n\nS: !\nC: MAIL FROM:<>\n"
            + "S: 250\nC> RCPT TO:<\\xc3\\xa4@temp.example>\\r\\n\nS: !", []),
        ["ParameterUnknown"] = (Greeted + "C: MAIL FROM:<> RET=FULL\nS: !\nC: MAIL FROM:<> BODY=BINARYMIME\nS: !\n"
            + "C: MAIL FROM:<>\nS: 250\nC: RCPT TO:<one@temp.example> NOTIFY=NEVER\nS: !", []),
        ["MemoryFull"] = (HasRecipient + "budget gone\nC: DATA\nS: !", ["Smtp:MaxInFlightBytesPerClient=536870912"]),
        ["ClientMemoryFull"] = (HasRecipient + "share gone\nC: DATA\nS: !\nC: MAIL FROM:<>\nS: 250\n"
            + "C: RCPT TO:<one@temp.example>\nS: 250\nC> BDAT 2\\r\\nhi\nS: !", ["Smtp:MaxInFlightBytes=1000000000"]),
        ["OutOfMemory"] = ("sink starves\n" + HasData + "C: .\nS: !\nS: EOF", []),
        ["NotSmtp"] = ("S: 220\nC: POST / HTTP/1.1\nS: !\nS: EOF", []),
        ["ContentTooEarly"] = (HasRecipient + "C> DATA\\r\\nhi\nS: !\nS: EOF", []),
        ["InternalError"] = ("sink fails\n" + HasData + "C: .\nS: !\nS: EOF", []),
        ["StorageUnavailable"] = ($"{Greeted}store away\nC: MAIL FROM:<>\nS: !", []),
        ["QueueFull"] = ("sink\n" + HasData + "C: .\nS: !", []),
        ["DatabaseFull"] = ("sink\n" + HasData + "C: .\nS: !", []),
    };

    /// <summary>
    /// What a second connection is given while the first one stays: these come before a session, from the listener.
    /// </summary>
    private static readonly Dictionary<string, string[]> SecondConnections = new(StringComparer.Ordinal)
    {
        ["ServerBusy"] = ["Smtp:MaxSessions=1", "Smtp:MaxSessionWait=00:00:00.05"],
        ["TooManySessions"] = ["Smtp:UnlimitedNetworks=", "Smtp:MaxSessionsPerClient=1"],
        ["TooManyConnections"] = ["Smtp:UnlimitedNetworks=", "Smtp:MaxConnectionsPerMinutePerClient=1"],
    };

    public static TheoryData<string> Names() => [.. Catalogue().Keys];

    public static TheoryData<string> ScriptedNames() =>
        [.. Catalogue().Keys.Except(SecondConnections.Keys, StringComparer.Ordinal).Except(
            [nameof(SmtpReply.TlsActive)], StringComparer.Ordinal)];

    public static TheoryData<string> SecondConnectionNames() => [.. SecondConnections.Keys];

    [Theory]
    [MemberData(nameof(ScriptedNames))]
    public async Task Every_reply_is_reached(string name)
    {
        var reply = Catalogue()[name];
        var (script, settings) = Scripts[name];
        await using var fixture = new SmtpFixture(settings).Start();
        await Dialogue.PlayAsync(fixture, script.Replace("S: !", $"S: {Text(reply)}", StringComparison.Ordinal), reply);
    }

    [Theory]
    [MemberData(nameof(SecondConnectionNames))]
    public async Task Every_refusal_before_a_session_is_reached(string name)
    {
        await using var host = await SmtpHost.StartAsync(SecondConnections[name]);
        await using var first = await SmtpTestClient.ConnectAsync(host.Port);
        await first.ExpectAsync("220");
        await using var second = await SmtpTestClient.ConnectAsync(host.Port);
        await second.ExpectAsync(Text(Catalogue()[name].InPlaceOfGreeting("mx.test")));
        Assert.Null(await second.ReadReplyAsync());
        await first.ExchangeAsync("NOOP", "250");
    }

    [Fact]
    public async Task The_reply_to_a_second_STARTTLS_is_reached()
    {
        await using var host = await SmtpHost.StartAsync("Smtp:Tls:SelfSigned=true");
        await using var client = await SmtpTestClient.ConnectAsync(host.Port);
        await using var tls = await client.StartTlsAsync();
        await tls.ExchangeAsync("STARTTLS", Text(SmtpReply.TlsActive));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_reply_is_one_ASCII_line_with_an_enhanced_code_of_its_class(string name)
    {
        var reply = Catalogue()[name];
        var text = Encoding.ASCII.GetString(reply.Bytes.Span);
        Assert.InRange(text.Length, 6, 256);
        Assert.DoesNotContain('?', text);
        Assert.Equal(text.Length - 2, text.IndexOf('\r', StringComparison.Ordinal));
        if (reply.Code != 354)
        {
            Assert.StartsWith($"{reply.Code / 100}.", reply.EnhancedCode, StringComparison.Ordinal);
        }
    }

    [Fact]
    public Task A_refusal_has_a_reference_that_counts_up() => Dialogue.RunAsync($"""
        S: 220
        C: X
        S: 500 5.5.1 Command unrecognized (TESTREF0.1)
        C: DATA
        S: 503 5.5.1 Bad sequence of commands (TESTREF0.2)
        """);

    private static string Text(SmtpReply reply) => Encoding.ASCII.GetString(reply.Bytes.Span).TrimEnd();

    private static Dictionary<string, SmtpReply> Catalogue() => typeof(SmtpReply)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .ToDictionary(static f => f.Name, static f => (SmtpReply)f.GetValue(null)!, StringComparer.Ordinal);
}
