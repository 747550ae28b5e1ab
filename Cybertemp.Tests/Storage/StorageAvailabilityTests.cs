using Cybertemp.SmtpReceiver.Storage;
using Cybertemp.Tests.Support;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Cybertemp.Tests.Storage;

public sealed class StorageAvailabilityTests : IDisposable
{
    private static readonly StorageFailure Lost = new(StorageFailureKind.Outage, "57P01", "terminated");

    private readonly FakeTimeProvider _time = new();
    private readonly CapturedLog _log = new();
    private readonly StorageAvailability _availability;

    public StorageAvailabilityTests()
    {
        _availability = new(
            _time, Options.Create(new StorageOptions()), new LoggerFactory([_log]).CreateLogger<StorageAvailability>());
        _availability.Succeeded();
    }

    /// <summary>As one message that breaks its connection each time, while others are stored.</summary>
    [Fact]
    public void What_comes_and_goes_is_no_news()
    {
        for (var i = 0; i < 6; i++)
        {
            Pass(_availability.Failed);
            Pass(_ => _availability.Succeeded());
        }

        Assert.Empty(News());
        Assert.False(_availability.IsAway);
    }

    [Fact]
    public void What_lasts_is_told_once_each_way()
    {
        for (var i = 0; i < 10; i++)
        {
            Pass(_availability.Failed);
        }

        Assert.True(_availability.IsAway);
        for (var i = 0; i < 10; i++)
        {
            Pass(_ => _availability.Succeeded());
        }

        Assert.Collection(
            News(),
            away => Assert.StartsWith("Warning PostgreSQL does not take writes", away, StringComparison.Ordinal),
            back => Assert.StartsWith(
                "Information PostgreSQL takes writes again, 13.0 s after", back, StringComparison.Ordinal));
    }

    public void Dispose() => _log.Dispose();

    private void Pass(Action<StorageFailure> report)
    {
        report(Lost);
        _time.Advance(TimeSpan.FromSeconds(1));
    }

    private IEnumerable<string> News() =>
        _log.Lines.Where(static l => !l.StartsWith("Debug", StringComparison.Ordinal));
}
