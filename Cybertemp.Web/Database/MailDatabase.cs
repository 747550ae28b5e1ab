using Npgsql;

namespace Cybertemp.Web.Database;

/// <summary>Where mail is. Thread-safe.</summary>
/// <param name="Main">Takes deletions and read flags.</param>
/// <param name="Read">For everything else: a replica that may lag, or the same.</param>
internal sealed record MailDatabase(NpgsqlDataSource Main, NpgsqlDataSource Read);
