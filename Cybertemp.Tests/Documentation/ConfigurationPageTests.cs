using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Cybertemp.Tests.Support;

namespace Cybertemp.Tests.Documentation;

/// <summary>
/// docs/configuration.md lists every option as the code has it. After a change of an option:
/// <c>CYBERTEMP_WRITE_DOCS=1 dotnet test Cybertemp.Tests --filter ConfigurationPage</c> writes the page anew.
/// </summary>
public sealed partial class ConfigurationPageTests
{
    private const string Begin = "<!-- options: written by ConfigurationPageTests -->\n";
    private const string End = "<!-- /options -->";

    [Fact]
    public void Lists_every_option_as_the_code_has_it()
    {
        var path = Path.Combine(Repository.Root, "docs", "configuration.md");
        var page = File.ReadAllText(path);
        var (begin, end) = (
            page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, page.IndexOf(End, StringComparison.Ordinal));
        var expected = page[..begin] + Tables() + page[end..];
        if (Environment.GetEnvironmentVariable("CYBERTEMP_WRITE_DOCS") == "1")
        {
            File.WriteAllText(path, expected);
        }

        Assert.Equal(expected, File.ReadAllText(path));
    }

    private static string Tables()
    {
        var text = new StringBuilder();
        foreach (var (service, assembly) in ((string, Assembly)[])[
            ("Receiver", typeof(SmtpReceiver.Smtp.SmtpReply).Assembly), ("Sync", Assembly.Load("Cybertemp.Sync")),
            ("Web", Assembly.Load("Cybertemp.Web"))])
        {
            var sections = assembly.GetTypes().Where(t => t.GetField("Section") is { IsLiteral: true })
                .GroupBy(Section, StringComparer.Ordinal);
            foreach (var section in sections.OrderBy(s => s.Key, StringComparer.Ordinal))
            {
                text.Append(CultureInfo.InvariantCulture, $"\n### {service}: `{section.Key}`\n\n"
                    + $"| key | default | allowed | meaning |\n| --- | --- | --- | --- |\n");
                foreach (var options in section.OrderBy(t => t.FullName, StringComparer.Ordinal))
                {
                    AppendRows(text, options, section.Key);
                }
            }
        }

        return text.Append('\n').ToString();
    }

    private static void AppendRows(StringBuilder text, Type options, string prefix)
    {
        var defaults = Activator.CreateInstance(options)!;
        foreach (var property in options.GetProperties().Where(p => p.SetMethod is not null || IsNested(p)))
        {
            var key = $"{prefix}:{property.Name}";
            if (IsNested(property))
            {
                AppendRows(text, property.PropertyType, key);
                continue;
            }

            text.Append(
                CultureInfo.InvariantCulture, $"| `{key}` | {Value(property.Name, property.GetValue(defaults))} | "
                    + $"{Allowed(property)} | {Meaning(property)} |\n");
        }
    }

    private static bool IsNested(PropertyInfo property) =>
        property.PropertyType is { IsClass: true, IsArray: false } type
            && type.Namespace!.StartsWith("Cybertemp.", StringComparison.Ordinal);

    private static string Section(Type options) => (string)options.GetField("Section")!.GetRawConstantValue()!;

    // The one default that differs from machine to machine.
    private static string Value(string name, object? value) => value switch
    {
        _ when name == "HostName" => "the host's name",
        null or "" => "none",
        string text => $"`{text}`",
        IEnumerable<string> list when !list.Any() => "none",
        IEnumerable<string> list => string.Join(' ', list.Select(v => $"`{v}`")),
        IFormattable formattable => $"`{formattable.ToString(null, CultureInfo.InvariantCulture)}`",
        _ => $"`{value}`",
    };

    private static string Allowed(PropertyInfo property)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        return property.GetCustomAttribute<RangeAttribute>() is { } range
            ? string.Create(CultureInfo.InvariantCulture, $"{range.Minimum} to {range.Maximum}")
            : type.IsEnum ? string.Join(", ", Enum.GetNames(type)) : type == typeof(bool) ? "true, false" : "";
    }

    private static string Meaning(PropertyInfo property)
    {
        var comments = XDocument.Load(Path.ChangeExtension(property.DeclaringType!.Assembly.Location, ".xml"));
        var id = $"P:{property.DeclaringType!.FullName}.{property.Name}";
        var summary = comments.Descendants("member")
            .FirstOrDefault(m => (string?)m.Attribute("name") == id)?.Element("summary");
        Assert.True(summary is not null, $"{id} has no comment");
        foreach (var reference in summary.Elements("see").ToArray())
        {
            reference.ReplaceWith($"`{((string?)reference.Attribute("cref"))?.Split('.')[^1]}`");
        }

        foreach (var code in summary.Elements("c").ToArray())
        {
            code.ReplaceWith($"`{code.Value}`");
        }

        return WhiteSpace().Replace(summary.Value.Trim(), " ").Replace("|", "\\|", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\s+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex WhiteSpace();
}
