using Cybertemp.Mail.Addresses;
using Cybertemp.Mail.Filters;
using Cybertemp.SmtpReceiver.Filtering;
using Cybertemp.SmtpReceiver.Smtp.Envelope;

namespace Cybertemp.Tests.Filtering;

public sealed class FilterSourceTests
{
    private static readonly Mailbox Box = new("box", "example.com");

    [Fact]
    public void Is_not_ready_before_the_first_snapshot()
    {
        var source = new FilterSource();
        Assert.Equal(PolicyVerdict.NotReady, source.CheckRecipient(Box));
        Assert.Equal(PolicyVerdict.NotReady, source.CheckSender(Box));
    }

    [Fact]
    public void Answers_from_the_snapshot_it_was_given_last()
    {
        var source = new FilterSource();
        source.Swap(new FilterSnapshot(1, new FilterRules { BannedDomains = ["example.com"] }));
        Assert.Equal(PolicyVerdict.Refused, source.CheckRecipient(Box));
        Assert.Equal(PolicyVerdict.Refused, source.CheckSender(Box));

        source.Swap(new FilterSnapshot(2, new FilterRules { Domains = ["example.com"] }));
        Assert.Equal(PolicyVerdict.Accepted, source.CheckRecipient(Box));
        Assert.Equal(PolicyVerdict.Accepted, source.CheckSender(Box));
    }
}
