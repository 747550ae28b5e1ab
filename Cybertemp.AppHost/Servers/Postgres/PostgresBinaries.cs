using System.Globalization;

namespace Cybertemp.AppHost.Servers.Postgres;

/// <summary>A PostgreSQL of this machine. Debian has a directory for each major version.</summary>
internal sealed record PostgresBinaries(string Directory, string Version)
{
    private const string DebianRoot = "/usr/lib/postgresql";

    public string InitDb => Path.Combine(Directory, "initdb");

    public string Server => Path.Combine(Directory, "postgres");

    private int MajorVersion => int.Parse(Version.Split('.')[0], CultureInfo.InvariantCulture);

    /// <summary>Whether there is any installation.</summary>
    public static bool AreInstalled => Candidates().Any();

    /// <summary>The newest, or the one that can read existing data.</summary>
    /// <exception cref="DistributedApplicationException">There is none.</exception>
    public static async Task<PostgresBinaries> FindAsync(string dataDirectory, CancellationToken ct)
    {
        var installed = await Task.WhenAll(
            Candidates().Select(async d => new PostgresBinaries(d, await VersionAsync(d, ct))));
        if (installed.Length == 0)
        {
            throw new DistributedApplicationException(
                $"PostgreSQL is not installed: no initdb in {DebianRoot}/*/bin or PATH. "
                + "On Debian and Ubuntu: apt-get install postgresql");
        }

        var wanted = await DataVersionAsync(dataDirectory, ct);
        return installed.Where(b => wanted is null || b.MajorVersion == wanted).MaxBy(static b => b.MajorVersion)
            ?? throw new DistributedApplicationException(
                $"The data in {dataDirectory} is of PostgreSQL {wanted}, and installed is "
                + $"{string.Join(", ", installed.Select(static b => b.Version))}. "
                + $"On Debian and Ubuntu: apt-get install postgresql-{wanted}");
    }

    private static async Task<int?> DataVersionAsync(string dataDirectory, CancellationToken ct)
    {
        var file = Path.Combine(dataDirectory, "PG_VERSION");
        return File.Exists(file)
            ? int.Parse(await File.ReadAllTextAsync(file, ct), CultureInfo.InvariantCulture)
            : null;
    }

    private static IEnumerable<string> Candidates()
    {
        var debian = System.IO.Directory.Exists(DebianRoot)
            ? System.IO.Directory.GetDirectories(DebianRoot).Select(static d => Path.Combine(d, "bin"))
            : [];
        var all = LocalCommand.Find("initdb") is { } inPath ? debian.Append(Path.GetDirectoryName(inPath)!) : debian;
        return all.Where(static d =>
            File.Exists(Path.Combine(d, "initdb")) && File.Exists(Path.Combine(d, "postgres")));
    }

    /// <summary><c>postgres (PostgreSQL) 15.8 (Debian 15.8-0+deb12u1)</c>: the third word.</summary>
    private static async Task<string> VersionAsync(string directory, CancellationToken ct) =>
        (await LocalCommand.RunAsync(Path.Combine(directory, "postgres"), ["--version"], ct)).Split(' ')[2].Trim();
}
