using System.Reflection;
using Cybertemp.Mail.Addresses;
using Cybertemp.SmtpReceiver.Smtp;
using Cybertemp.Tests.Support;

namespace Cybertemp.Tests.Documentation;

/// <summary>What docs/smtp.md says of a clause is in the file that it names, and tested where it says.</summary>
public sealed class SmtpPageTests
{
    private const BindingFlags AnyMember =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance;

    private static readonly string[][] Rows =
    [
        .. File.ReadLines(Path.Combine(Repository.Root, "docs", "smtp.md"))
            .Where(static line => line.StartsWith('|') && !line.StartsWith("| ---", StringComparison.Ordinal))
            .Select(static line => line.Replace("\\|", "", StringComparison.Ordinal).Trim('|'))
            .Select(static line => line.Split('|', StringSplitOptions.TrimEntries))
            .Where(static cells => cells.Length == 4),
    ];

    private static readonly Dictionary<string, Type[]> Product =
        ByName(typeof(MailPath).Assembly, typeof(SmtpReply).Assembly);

    private static readonly Dictionary<string, Type[]> Tests = ByName(typeof(SmtpPageTests).Assembly);

    [Fact]
    public void Every_file_is_there()
    {
        var last = Rows.Where(static cells => cells[3] is not "file" and not "test").SelectMany(static cells =>
            cells[2].StartsWith('`') ? Names(cells[2]) : Names(cells[3]));
        Assert.All(last, static name => Assert.True(Exists(Product, name), name));
    }

    [Fact]
    public void Every_test_is_there()
    {
        var named = Rows.Where(static cells => cells[2].StartsWith('`'))
            .SelectMany(static cells => Names(cells[3])).ToArray();
        Assert.True(named.Length > 30);
        Assert.All(named, static name => Assert.True(
            Exists(Tests, name) || typeof(SmtpReply).GetMember(name, AnyMember).Length > 0, name));
    }

    /// <summary>Between back quotes.</summary>
    private static IEnumerable<string> Names(string cell) => cell.Split('`').Where(static (_, i) => i % 2 == 1);

    private static bool Exists(Dictionary<string, Type[]> types, string name) =>
        name.Split('.') is [var type, .. var member] && types.TryGetValue(type, out var found)
        && (member is [] || found.Any(t => t.GetMember(member[0], AnyMember).Length > 0));

    private static Dictionary<string, Type[]> ByName(params Assembly[] assemblies) => assemblies
        .SelectMany(static assembly => assembly.GetTypes())
        .GroupBy(static type => type.Name.Split('`')[0], StringComparer.Ordinal)
        .ToDictionary(static types => types.Key, static types => types.ToArray(), StringComparer.Ordinal);
}
