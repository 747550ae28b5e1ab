using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
using Cybertemp.SmtpReceiver.Smtp.Listening;

namespace Cybertemp.Tests.Smtp;

/// <summary>What an operator sees of a session.</summary>
public sealed class SmtpTelemetryTests
{
    [Fact]
    public async Task Counts_commands_recipients_sizes_and_limits()
    {
        var measurements = new List<string>();
        using var listener = new MeterListener();
        await using var fixture = new SmtpFixture("Smtp:MaxErrors=1");
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, fixture.Services.GetService(typeof(IMeterFactory))))
            {
                l.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            var text = string.Join(' ', tags.ToArray().Select(static t => $"{t.Key}={t.Value}"));
            measurements.Add($"{instrument.Name}={value} {text}".Trim());
        });
        listener.Start();
        fixture.Start();
        await fixture.BeginDataAsync();
        await fixture.SendAsync("hi\r\n.\r\nX\r\nX\r\n");
        await fixture.Running;
        var all = string.Join('\n', measurements);
        foreach (var expected in (string[])[
            "cybertemp.smtp.commands=1 cybertemp.smtp.verb=DATA cybertemp.smtp.reply.code=250",
            "cybertemp.smtp.recipients=1 cybertemp.filter.verdict=accepted",
            "cybertemp.smtp.message.size=4",
            "cybertemp.smtp.limit.hits=1 cybertemp.smtp.limit=errors"])
        {
            Assert.Contains(expected, all, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_message_is_a_trace_of_its_own_that_names_the_session_and_the_refusal()
    {
        var stopped = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == "Cybertemp.SmtpReceiver",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) =>
                ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                lock (stopped)
                {
                    stopped.Add(activity);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        Activity? current = null;
        await using (var fixture = new SmtpFixture().Start())
        {
            fixture.Sink.Reply = (message, _) =>
            {
                current = Activity.Current;
                return ValueTask.FromResult(Cybertemp.SmtpReceiver.Smtp.SmtpReply.QueueFull);
            };
            await fixture.BeginDataAsync();
            await fixture.ExchangeAsync(".", "452 4.3.1");
            Assert.Equal("smtp.message", current?.OperationName);
            Assert.Equal(fixture.Message.Uid.ToString(), current!.GetTagItem("cybertemp.message.uid"));
        }

        lock (stopped)
        {
            var session = Assert.Single(
                stopped, a => a.OperationName == "smtp.session" && a.Context == Assert.Single(current.Links).Context);
            Assert.NotEqual(session.TraceId, current.TraceId);
            Assert.Null(current.ParentId);
            Assert.All(
                [session, current], static a => Assert.Equal("TESTREF0", a.GetTagItem("cybertemp.smtp.reference")));
            Assert.Equal("receive", Assert.Single(stopped, a => a.ParentSpanId == current.SpanId).OperationName);
            Assert.Equal(ActivityStatusCode.Error, current.Status);
            Assert.Equal(452, current.GetTagItem("cybertemp.smtp.reply.code"));
            Assert.Equal(1, Assert.Single(current.Events).Tags.Single(static t =>
                t.Key == "cybertemp.smtp.reference.number").Value);
        }
    }

    [Fact]
    public void References_are_eight_letters_that_cannot_be_misread() =>
        Assert.Matches(
            new Regex("^[0-9A-HJKMNP-TV-Z]{8}$", RegexOptions.None, TimeSpan.FromSeconds(1)),
            SessionReference.Create());
}
