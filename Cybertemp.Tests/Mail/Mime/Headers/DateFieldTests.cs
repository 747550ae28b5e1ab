using System.Globalization;
using Cybertemp.Mail.Mime.Headers;

namespace Cybertemp.Tests.Mail.Mime.Headers;

public class DateFieldTests
{
    [Theory]
    [InlineData("Tue, 14 Jul 2026 10:11:12 +0200", "2026-07-14T10:11:12+02:00")]
    [InlineData("14 Jul 26 10:11 EST", "2026-07-14T10:11:00-05:00")]
    [InlineData("Tue Jul 14 10:11:12 2026", "2026-07-14T10:11:12Z")]
    [InlineData("Tue Jul 14 10:11:12 EDT 2026", "2026-07-14T10:11:12-04:00")]
    [InlineData("14-Jul-2026 10:11:12 +0200", "2026-07-14T10:11:12+02:00")]
    [InlineData("Tue, 14 (c) Jul 2026 10:11:12 +0200 (CEST)", "2026-07-14T10:11:12+02:00")]
    [InlineData("Tue, 14 July 2026 10:11:12 Z", "2026-07-14T10:11:12Z")]
    [InlineData("14 Jul 2026", "2026-07-14T00:00:00Z")]
    [InlineData("07/14/2026 10:11:12", "2026-07-14T10:11:12Z")]
    [InlineData("Tue, 14 Jul 2026 10:11:12 +9999", "2026-07-14T10:11:12Z")]
    public void Usual_forms_are_read(string value, string date) => AssertDate(value, date);

    [Theory]
    [InlineData("Tue, 14 Jul 2026 10:11:12 +02:00", "2026-07-14T10:11:12+02:00")]
    [InlineData("Tue, 14 Jul 2026 10:11:12 -3:30", "2026-07-14T10:11:12-03:30")]
    [InlineData("Tue, 14 Jul 2026 10:11:12 +02", "2026-07-14T10:11:12+02:00")]
    [InlineData("Tue, 14 Jul 2026 10:11:12 +2", "2026-07-14T10:11:12+02:00")]
    [InlineData("Tue, 14 Jul 2026 10:11:12+0200", "2026-07-14T10:11:12+02:00")]
    [InlineData("Tue, 14 Jul 2026 10:11:12 GMT+0200", "2026-07-14T10:11:12+02:00")]
    [InlineData("Tue, 14 Jul 2026 10:11:12 GMT+02:00 (CEST)", "2026-07-14T10:11:12+02:00")]
    [InlineData("Tue, 14 Jul 2026 10:11:12 UTC-5", "2026-07-14T10:11:12-05:00")]
    [InlineData("Tue, 14 Jul 2026 10:11:12.345 +0200", "2026-07-14T10:11:12+02:00")]
    [InlineData("Tue, 14 Jul 2026 10:11:12,345678 GMT", "2026-07-14T10:11:12Z")]
    [InlineData("Tue, Jul 14 2026 10:11:12 -0700", "2026-07-14T10:11:12-07:00")]
    [InlineData("July 14, 2026 10:11:12 +0000", "2026-07-14T10:11:12Z")]
    [InlineData("Jul 14th, 2026 10:11 PM", "2026-07-14T22:11:00Z")]
    [InlineData("Tue, 14 Jul 2026 12:11:12 AM +0200", "2026-07-14T00:11:12+02:00")]
    [InlineData("2026-07-14T10:11:12+09:00", "2026-07-14T10:11:12+09:00")]
    [InlineData("2026-07-14T10:11:12.345Z", "2026-07-14T10:11:12Z")]
    [InlineData("2026-07-14 10:11:12", "2026-07-14T10:11:12Z")]
    [InlineData("2026-07-14T10:11", "2026-07-14T10:11:00Z")]
    [InlineData("20260714T101112Z", "2026-07-14T10:11:12Z")]
    [InlineData("2026/07/14 10:11:12 +0200", "2026-07-14T10:11:12+02:00")]
    [InlineData("14.07.2026 10:11:12", "2026-07-14T10:11:12Z")]
    [InlineData("Tue, 14 Jul 2026 10.11.12 +0200", "2026-07-14T10:11:12+02:00")]
    public void Others_are_read_as_they_were_meant(string value, string date) => AssertDate(value, date);

    [Theory]
    [InlineData("")]
    [InlineData("garbage")]
    [InlineData("Tue, 32 Jul 2026 25:61:61 +0000")]
    [InlineData("Tue, 31 Feb 2026 00:00:00 +0000")]
    [InlineData("2026-13-45T99:99:99Z")]
    [InlineData("99999999T999999Z")]
    public void No_date_is_none(string value) => Assert.Null(DateField.Read(value));

    private static void AssertDate(string value, string date) =>
        Assert.Equal(DateTimeOffset.Parse(date, CultureInfo.InvariantCulture), DateField.Read(value));
}
