using Npgsql;
using NpgsqlTypes;

namespace Cybertemp.Web.Database;

/// <summary>Positional parameters of statements, with the types of the columns.</summary>
internal static class Parameters
{
    public static NpgsqlParameter Id(Guid id) => new NpgsqlParameter<Guid> { TypedValue = id };

    public static NpgsqlParameter Ids(Guid[] ids) => new NpgsqlParameter<Guid[]>
    {
        TypedValue = ids,
        NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid,
    };

    public static NpgsqlParameter Texts(string[] texts) => new NpgsqlParameter<string[]>
    {
        TypedValue = texts,
        NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text,
    };

    public static NpgsqlParameter Text(string text) => new NpgsqlParameter<string> { TypedValue = text };

    public static NpgsqlParameter Number(int number) => new NpgsqlParameter<int> { TypedValue = number };

    public static NpgsqlParameter Flag(bool flag) => new NpgsqlParameter<bool> { TypedValue = flag };

    /// <summary>UTC.</summary>
    public static NpgsqlParameter Time(DateTime time) =>
        new NpgsqlParameter<DateTime> { TypedValue = time, NpgsqlDbType = NpgsqlDbType.TimestampTz };
}
