using System.Globalization;

namespace Aspire.Hosting.Execution;

/// <summary>A PostgreSQL installation of this machine. Debian keeps the binaries of each major version in a directory of their own.</summary>
internal sealed record PostgresBinaries(string Directory, string Version)
{
    private const string DebianRoot = "/usr/lib/postgresql";

    public int MajorVersion => int.Parse(Version.Split('.')[0], CultureInfo.InvariantCulture);

    public string InitDb => Path.Combine(Directory, "initdb");

    public string Server => Path.Combine(Directory, "postgres");

    /// <summary>The newest, or the one that can read existing data.</summary>
    public static async Task<PostgresBinaries> FindAsync(int? majorVersion, CancellationToken ct)
    {
        var installed = new List<PostgresBinaries>();
        foreach (var directory in Candidates().Where(d => File.Exists(Path.Combine(d, "initdb")) && File.Exists(Path.Combine(d, "postgres"))))
        {
            installed.Add(new PostgresBinaries(directory, await VersionAsync(Path.Combine(directory, "postgres"), ct)));
        }

        if (installed.Count == 0)
        {
            throw new DistributedApplicationException(
                $"PostgreSQL is not installed: no initdb in {DebianRoot}/*/bin or PATH. On Debian and Ubuntu: apt-get install postgresql");
        }

        return installed.Where(b => majorVersion is null || b.MajorVersion == majorVersion).MaxBy(b => b.MajorVersion)
            ?? throw new DistributedApplicationException(
                $"The data is of PostgreSQL {majorVersion}, and installed is {string.Join(", ", installed.Select(b => b.Version))}. "
                + $"On Debian and Ubuntu: apt-get install postgresql-{majorVersion}");
    }

    private static IEnumerable<string> Candidates()
    {
        var debian = System.IO.Directory.Exists(DebianRoot)
            ? System.IO.Directory.GetDirectories(DebianRoot).Select(d => Path.Combine(d, "bin"))
            : [];
        return Tool.Find("initdb") is { } inPath ? debian.Append(Path.GetDirectoryName(inPath)!) : debian;
    }

    /// <summary><c>postgres (PostgreSQL) 15.8 (Debian 15.8-0+deb12u1)</c>; the third word is the version.</summary>
    private static async Task<string> VersionAsync(string server, CancellationToken ct) =>
        (await Tool.RunAsync(null, server, ["--version"], ct)).Split(' ')[2];
}
