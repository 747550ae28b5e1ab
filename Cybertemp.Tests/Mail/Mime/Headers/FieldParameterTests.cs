using System.Text;
using Cybertemp.Mail.Mime.Headers;

namespace Cybertemp.Tests.Mail.Mime.Headers;

public class FieldParameterTests
{
    [Theory]
    [InlineData("attachment; filename=a.txt", "a.txt")]
    [InlineData("attachment; FileName = \"a b.txt\" ; size=1", "a b.txt")]
    [InlineData("attachment; filename=a b.txt", "a b.txt")]
    [InlineData("attachment; filename=a.txt; filename=b.txt", "a.txt")]
    [InlineData("attachment; filename=\"a;b.txt\"", "a;b.txt")]
    [InlineData("attachment; filename=\"a\\\"b\\\\c\"", "a\"b\\c")]
    [InlineData("attachment; filename=\"C:\\scans\\plan.pdf\"", "C:\\scans\\plan.pdf")]
    [InlineData("attachment; filename=\"a", "a")]
    [InlineData("attachment; filename=\"\"", "")]
    [InlineData("attachment (c); filename (d) = (e) \"x.txt\" (f)", "x.txt")]
    [InlineData("attachment;\r\n filename=\"a\r\n b.txt\"", "a b.txt")]
    [InlineData("attachment; filename*=utf-8''%C3%BC.txt; filename=x", "ü.txt")]
    [InlineData("attachment; filename=x; filename*=iso-8859-1'en'%A3%20rates", "£ rates")]
    [InlineData("attachment; filename*0*=utf-8''%E2%82; filename*1*=%AC; filename*2=\" %20.txt\"", "€ %20.txt")]
    [InlineData("attachment; filename*2=lost; filename*0=hello; filename*1=\" world.txt\"", "hello world.txtlost")]
    [InlineData("attachment; filename*0=a; filename*2=c", "ac")]
    [InlineData("attachment; filename*=x-none'en'%E9", "é")]
    [InlineData("attachment; filename*=L%C3%B6sch%20Plan.pdf", "Lösch Plan.pdf")]
    [InlineData("attachment; filename*==?utf-8?B?R3LDtsOfZS5wZGY=?=", "Größe.pdf")]
    [InlineData("attachment; filename==?utf-8?B?w7w?=", "ü")]
    [InlineData("attachment; filename=\"=?utf-8?Q?=C3=BC?=\r\n =?utf-8?Q?=C3=A4?=.txt\"", "üä.txt")]
    [InlineData("attachment; filename=caf\u00c3\u00a9.txt", "café.txt")]
    [InlineData("attachment; filename=caf\u00e9.txt", "café.txt")]
    [InlineData("attachment; filename*=''a.txt", "a.txt")]
    [InlineData("attachment; filename*=utf-8'a.txt", "utf-8'a.txt")]
    public void Has_a_value(string field, string value) => Assert.Equal(value, Find(field));

    [Theory]
    [InlineData("attachment")]
    [InlineData("filename=a.txt")]
    [InlineData("attachment; filename")]
    [InlineData("attachment; xfilename=a.txt")]
    [InlineData("attachment; name=a.txt")]
    [InlineData("")]
    [InlineData(";;=;")]
    public void Has_none(string field) => Assert.Null(Find(field));

    private static string? Find(string field) =>
        FieldParameter.Find(Encoding.Latin1.GetBytes(field), "filename", elsewhere: null);
}
