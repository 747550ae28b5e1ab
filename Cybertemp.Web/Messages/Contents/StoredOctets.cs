using System.Data;
using Npgsql;

namespace Cybertemp.Web.Messages.Contents;

/// <summary>A message's octets on their way from PostgreSQL: never whole in memory. Owns its connection.</summary>
internal sealed class StoredOctets : IAsyncDisposable
{
    private readonly NpgsqlCommand _command;
    private readonly NpgsqlDataReader _reader;

    private StoredOctets(NpgsqlCommand command, NpgsqlDataReader reader)
    {
        (_command, _reader) = (command, reader);
        Length = reader.GetInt32(0);
        Stream = reader.GetStream(1);
    }

    public int Length { get; }

    /// <summary>Readable once, forwards.</summary>
    public Stream Stream { get; }

    /// <summary>Runs a command that selects length and octets; null when it finds no row.</summary>
    public static async Task<StoredOctets?> OpenAsync(NpgsqlCommand command, CancellationToken ct)
    {
        var reader = await command.ExecuteReaderAsync(CommandBehavior.SequentialAccess, ct);
        if (await reader.ReadAsync(ct))
        {
            return new StoredOctets(command, reader);
        }

        await reader.DisposeAsync();
        return null;
    }

    public async ValueTask DisposeAsync()
    {
        await _reader.DisposeAsync();
        await _command.DisposeAsync();
    }
}
