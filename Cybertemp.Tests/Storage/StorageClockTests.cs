using Cybertemp.SmtpReceiver.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cybertemp.Tests.Storage;

public sealed class StorageClockTests
{
    private static readonly DateTime ServerTime = new(2026, 11, 22, 23, 59, 0, DateTimeKind.Utc);

    private readonly SettableTime _local = new(ServerTime);
    private readonly StorageClock _clock;

    public StorageClockTests() => _clock = new StorageClock(_local, NullLogger<StorageClock>.Instance);

    [Fact]
    public void A_clock_within_five_minutes_is_used_as_it_is()
    {
        _clock.Observe(ServerTime.AddMinutes(4));
        Assert.Equal(ServerTime, _clock.UtcNow.UtcDateTime);
    }

    [Fact]
    public void PostgreSQLs_time_goes_on_whatever_a_wrong_clock_does()
    {
        _local.Set(ServerTime.AddDays(40));
        _clock.Observe(ServerTime);
        Assert.Equal(ServerTime, _clock.UtcNow.UtcDateTime);
        _local.Set(ServerTime.AddDays(-3));
        _local.Pass(TimeSpan.FromSeconds(7));
        Assert.Equal(ServerTime.AddSeconds(7), _clock.UtcNow.UtcDateTime);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void A_step_is_noticed_before_the_next_reading(int hours)
    {
        _clock.Observe(ServerTime);
        _local.Pass(TimeSpan.FromSeconds(7));
        _local.Set(ServerTime.AddHours(hours));
        Assert.Equal(ServerTime.AddSeconds(7), _clock.UtcNow.UtcDateTime);
        _local.Set(ServerTime.AddMinutes(1));
        Assert.Equal(ServerTime.AddMinutes(1), _clock.UtcNow.UtcDateTime);
    }

    [Fact]
    public void A_clock_that_was_wrong_has_to_agree_more_than_once()
    {
        _local.Set(ServerTime.AddDays(40));
        _clock.Observe(ServerTime);
        _local.Set(ServerTime);
        _clock.Observe(ServerTime);
        _clock.Observe(ServerTime);
        _local.Set(ServerTime.AddDays(40));
        Assert.Equal(ServerTime, _clock.UtcNow.UtcDateTime);
        _local.Set(ServerTime.AddSeconds(1));
        _clock.Observe(ServerTime);
        Assert.Equal(ServerTime.AddSeconds(1), _clock.UtcNow.UtcDateTime);
    }

    /// <summary>A wall clock that can be set, beside a monotonic one that only goes on.</summary>
    private sealed class SettableTime(DateTime now) : TimeProvider
    {
        private DateTime _now = now;
        private long _timestamp;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => new(_now, TimeSpan.Zero);

        public override long GetTimestamp() => _timestamp;

        public void Set(DateTime value) => _now = value;

        public void Pass(TimeSpan time)
        {
            _now += time;
            _timestamp += time.Ticks;
        }
    }
}
