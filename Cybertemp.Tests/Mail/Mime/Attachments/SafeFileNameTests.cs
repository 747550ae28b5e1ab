using Cybertemp.Mail.Mime.Attachments;

namespace Cybertemp.Tests.Mail.Mime.Attachments;

public class SafeFileNameTests
{
    [Theory]
    [InlineData("report.pdf", "report.pdf")]
    [InlineData("Übersicht 📊.txt", "Übersicht 📊.txt")]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData("..\\..\\evil/../x.exe", "x.exe")]
    [InlineData("C:tempnew.exe", "C_tempnew.exe")]
    [InlineData("a\r\nb\0.txt", "ab.txt")]
    [InlineData("invoice\u202Efdp.exe", "invoicefdp.exe")]
    [InlineData(" .. ", "fallback")]
    [InlineData("...", "fallback")]
    [InlineData("/", "fallback")]
    [InlineData("", "fallback")]
    [InlineData(null, "fallback")]
    [InlineData("name. . ", "name")]
    [InlineData(".profile", ".profile")]
    [InlineData("con.txt", "_con.txt")]
    [InlineData("LPT1", "_LPT1")]
    [InlineData("what?<is>\"this\".txt", "what__is__this_.txt")]
    public void Is_one_harmless_segment(string? sent, string safe) =>
        Assert.Equal(safe, SafeFileName.Of(sent, "fallback"));

    [Fact]
    public void Keeps_the_extension_of_a_long_name()
    {
        var safe = SafeFileName.Of(new string('x', 5_000) + ".docx", "fallback");

        Assert.Equal(200, safe.Length);
        Assert.EndsWith("x.docx", safe, StringComparison.Ordinal);
    }
}
