using Cybertemp.Mail.Addresses;
using Cybertemp.Mail.Inboxes;

namespace Cybertemp.Tests.Mail.Inboxes;

public sealed class ReservedLocalPartsTests
{
    [Theory]
    [InlineData("postmaster", true)]
    [InlineData("admin+tag", true)]
    [InlineData("\"admin +tag\"", false)]
    [InlineData("\"admin\"", true)]
    [InlineData("root", true)]
    [InlineData("administrators", false)]
    [InlineData("box+admin", false)]
    [InlineData("+admin", false)]
    public void Knows_who_could_obtain_certificates(string localPart, bool expected) =>
        Assert.Equal(expected, new ReservedLocalParts(ReservedLocalParts.Default).Contains(new Mailbox(
            localPart, "temp.example")));

    [Fact]
    public void An_empty_list_reserves_nothing() =>
        Assert.False(new ReservedLocalParts("").Contains(new Mailbox("admin", "temp.example")));
}
