using Cybertemp.Tests.Support;

namespace Cybertemp.Tests.Commit.Crashes;

/// <summary>
/// The promise: what was answered 250 is stored once, whatever crashed. CYBERTEMP_TESTS=long runs 200 rounds.
/// </summary>
public sealed class CrashMatrixTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Every_acknowledged_message_is_stored_exactly_once()
    {
        await using var matrix = await CrashMatrix.StartAsync("Committed");
        output.WriteLine(string.Join(", ", matrix.Kinds));
        var rounds = LongFactAttribute.IsLongRun ? 200 : 2 * matrix.Kinds.Count;
        for (var round = 0; round < rounds; round++)
        {
            var kind = matrix.Kinds[round % matrix.Kinds.Count];
            await matrix.RunRoundAsync(kind);
            AssertPromise(await matrix.CountAsync(), $"round {round}, {kind}");
        }

        await matrix.StopLoadAsync();
        var count = await matrix.CountAsync();
        output.WriteLine($"{rounds} rounds, {count}");
        AssertPromise(count, "the end");
    }

    [Fact]
    public async Task The_same_crashes_do_lose_mail_that_is_acknowledged_before_the_commit()
    {
        await using var matrix = await CrashMatrix.StartAsync("Received");
        foreach (var kind in (CrashKind[])[
            CrashKind.KillReceiver, CrashKind.KillReceiverWhileFrozen, CrashKind.KillReceiverWhileFrozen])
        {
            await matrix.RunRoundAsync(kind);
        }

        await matrix.StopLoadAsync();
        var count = await matrix.CountAsync();
        output.WriteLine($"{count}");
        Assert.NotEqual(0, count.Lost);
    }

    private static void AssertPromise((int Acknowledged, int Lost, int Duplicated) count, string when) =>
        Assert.True(
            count is { Acknowledged: > 0, Lost: 0, Duplicated: 0 },
            $"After {when}: {count.Acknowledged} acknowledged, {count.Lost} lost, {count.Duplicated} stored twice.");
}
