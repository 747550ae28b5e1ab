using Cybertemp.SmtpReceiver.Commit;
using Cybertemp.SmtpReceiver.Commit.Pending;
using Cybertemp.SmtpReceiver.Storage;
using Npgsql;

namespace Cybertemp.Tests.Commit;

/// <summary>What waiting for a transaction and becoming a part of its statement allocates.</summary>
public sealed class BatchAllocationTests
{
    private const int MaxBytesForARow = 2048;
    private const int Rows = 50;

    [Fact]
    public void A_row_stays_within_its_budget()
    {
        var messages = Enumerable.Range(0, Rows).Select(static i => Messages.To($"box{i}@temp.example")).ToArray();
        using var connection = new NpgsqlConnection();
        Create(connection, messages).Dispose();

        var before = GC.GetAllocatedBytesForCurrentThread();
        var command = Create(connection, messages);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        command.Dispose();
        Assert.InRange(allocated / Rows, 1, MaxBytesForARow);
    }

    private static NpgsqlBatch Create(NpgsqlConnection connection, StoredMessage[] messages) => BatchCommand.Create(
        connection,
        new MessageBatch(
            Array.ConvertAll(messages, static m => new PendingMessage(m, DateTimeOffset.UnixEpoch, 0)), lockKey: 1),
        new StorageOptions());
}
