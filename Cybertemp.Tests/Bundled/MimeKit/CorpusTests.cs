using Cybertemp.SmtpReceiver.Mime;

namespace Cybertemp.Tests.Bundled.MimeKit;

public class CorpusTests
{
    static CorpusTests() => _ = new MessageReader(new MimeLimits());

    public static TheoryData<string> Messages => [.. MimeCorpus.Names];

    [Theory]
    [MemberData(nameof(Messages))]
    public void Says_what_MimeKit_says(string name)
    {
        var expected = MimeCorpus.Expected.Single(message => (string?)message!["file"] == name)!.AsObject();
        expected.Remove("file");
        expected.Remove("tags");

        JsonComparison.AssertEqual(expected, MessageDescription.Of(MimeCorpus.Read(name)));
    }

    [Fact]
    public void Has_an_answer_for_each_message() =>
        Assert.Equal(
        MimeCorpus.Names,
        MimeCorpus.Expected.Select(message => (string)message!["file"]!).Order(StringComparer.Ordinal),
        StringComparer.Ordinal);
}
