using Cybertemp.Web.Database;
using Npgsql;

namespace Cybertemp.Web.Messages;

/// <summary>An id in a statement.</summary>
internal static class IdParameters
{
    /// <summary>The id and the two ends of its millisecond, as three parameters.</summary>
    public static void AddId(this NpgsqlParameterCollection parameters, in MessageId id)
    {
        parameters.Add(Parameters.Id(id.Value));
        parameters.Add(Parameters.Time(id.From));
        parameters.Add(Parameters.Time(id.To));
    }
}
