using Cybertemp.Mail.Schema;

namespace Cybertemp.Tests.Mail.Schema;

public sealed class EmailIdTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 27, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Sorts_as_the_mail_came_within_a_millisecond()
    {
        var ids = Enumerable.Range(0, 3000).Select(static i => EmailId.Create(Noon.AddTicks(i * 3))).ToArray();
        Assert.Equal(ids.Order(), ids);
    }

    [Fact]
    public void Is_a_version_7_with_the_time_and_random_bits()
    {
        var (one, two) = (EmailId.Create(Noon.AddTicks(9_999)), EmailId.Create(Noon.AddTicks(9_999)));
        Assert.Equal((7, 0xFFF), (one.Version, Convert.ToInt32($"{one}"[15..18], 16)));
        Assert.InRange(one.Variant, 8, 11);
        Assert.Equal(
            Noon.ToUnixTimeMilliseconds(),
            Convert.ToInt64($"{one}".Replace("-", "", StringComparison.Ordinal)[..12], 16));
        Assert.NotEqual(one, two);
    }
}
