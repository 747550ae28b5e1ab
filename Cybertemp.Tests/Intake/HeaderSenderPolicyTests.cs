using System.Text;
using Cybertemp.Mail.Addresses;
using Cybertemp.Mail.Mime;
using Cybertemp.SmtpReceiver.Intake;
using Cybertemp.SmtpReceiver.Smtp.Envelope;
using Cybertemp.Tests.Mail.Mime;

namespace Cybertemp.Tests.Intake;

public class HeaderSenderPolicyTests
{
    private static readonly MessageReader Reader = new(new MimeLimits());
    private static readonly HeaderSenderPolicy Policy = new(new BannedDomain("spam.example"));

    public static TheoryData<string> Slugs => [.. MimeCorpus.FromBans.Select(message => (string)message!["slug"]!)];

    [Theory]
    [MemberData(nameof(Slugs))]
    public void Sees_the_sender_however_malformed(string slug)
    {
        var message = MimeCorpus.FromBans.Single(message => (string?)message!["slug"] == slug)!;

        AssertBanned($"{message["headers"]}\r\n\r\nx", (int)message["answer"]! == 550, slug);
    }

    [Theory]
    [InlineData("From: Deals <deals@spam.example")]
    [InlineData("From: \"deals@spam.example\" <ok@good.example>")]
    [InlineData("From: ok@good.example (deals@spam.example)")]
    [InlineData("From\r\n : Deals <deals@spam.example>")]
    [InlineData("From: Ok <ok@good.example>\r\nFrom: Deals <deals@spam.example>")]
    [InlineData("From: =?utf-8?B?RGVhbHMgPGRlYWxzQHNwYW0uZXhhbXBsZT4?=")]
    [InlineData("From: Deals <=?utf-8?Q?deals=40spam.example?=>")]
    [InlineData("From: Deals <deals @ spam . example>")]
    [InlineData("From: Deals <deals@SPAM.example.>")]
    [InlineData("From: Deals <\"a b\"@spam.example>")]
    [InlineData("From: Deals <de(al)s\\@spam.example>")]
    [InlineData("From: Deals <mailto:deals%40spam.example?subject=x>")]
    [InlineData("From: Deals: <deals@spam.example>;")]
    [InlineData("From: Deals deals\uFF20spam.example")]
    [InlineData("From: Deals <deals@sp\u00adam.example>")]
    [InlineData("\uFEFFFrom: Deals <deals@spam.example>")]
    [InlineData(" indented\r\nFrom: Deals <deals@spam.example>")]
    [InlineData("\r\nFrom: Deals <deals@spam.example>")]
    [InlineData("Subject: x\r\nnot a field\r\nFrom: Deals <deals@spam.example>")]
    public void Sees_it_in_other_forms_too(string message) =>
        AssertBanned($"{message}\r\nTo: box@temp.test\r\n\r\nx", isBanned: true, message);

    [Theory]
    [InlineData("From: Ok <ok@good.example>\r\nX-From: deals@spam.example")]
    [InlineData("From: Ok <ok@good.example>\r\n\r\nFrom: deals@spam.example")]
    [InlineData("From: Ok <spam.example@good.example>")]
    [InlineData("From: spam.example")]
    public void Sees_nobody_else(string message) => AssertBanned($"{message}\r\n\r\nx", isBanned: false, message);

    private static void AssertBanned(string message, bool isBanned, string because) =>
        Assert.True(Policy.IsBanned(Reader.Read(Encoding.UTF8.GetBytes(message)).From) == isBanned, because);

    private sealed class BannedDomain(string domain) : ISenderPolicy
    {
        public PolicyVerdict CheckSender(in Mailbox mailbox) =>
            mailbox.Domain == domain ? PolicyVerdict.Refused : PolicyVerdict.Accepted;
    }
}
