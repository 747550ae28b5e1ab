using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Cybertemp.ServiceDefaults.Configuration;

/// <summary>
/// Says in one line a fault what is wrong with the configuration: the key, the value unless it is a secret, what is
/// allowed.
/// </summary>
public static partial class ConfigurationFailure
{
    /// <summary>
    /// The lines for <paramref name="exception"/>, or nothing when it is no fault of the configuration.
    /// </summary>
    public static IReadOnlyList<string> Describe(Exception exception, IConfiguration configuration) => exception switch
    {
        ConfigurationException failure => [failure.Message],
        OptionsValidationException failure => [.. failure.Failures.Select(
            f => DescribeInvalid(f, failure.OptionsType, configuration))],
        AggregateException failure when failure.InnerExceptions.All(static e => e is OptionsValidationException) =>
            [.. failure.InnerExceptions.SelectMany(e => Describe(e, configuration))],
        InvalidOperationException failure when Unconvertible().Match(failure.Message) is { Success: true } match =>
            [DescribeUnconvertible(match, configuration)],
        _ => [],
    };

    private static string DescribeInvalid(string failure, Type options, IConfiguration configuration)
    {
        // "MaxRecipients: The field SmtpOptions.MaxRecipients must be between 1 and 1000."
        var colon = failure.IndexOf(": ", StringComparison.Ordinal);
        if (colon < 0 || options.GetField("Section")?.GetRawConstantValue() is not string section)
        {
            return failure;
        }

        var key = $"{section}:{failure[..colon]}";
        return $"{key} is {Value(key, configuration)}: {FieldPrefix().Replace(failure[(colon + 2)..], "")}";
    }

    private static string DescribeUnconvertible(Match match, IConfiguration configuration)
    {
        var (key, type) = (match.Groups["key"].Value, match.Groups["type"].Value);
        return $"{key} is {Value(key, configuration)}: allowed is {Allowed(type)}.";
    }

    private static string Allowed(string type) => type switch
    {
        "System.Int32" or "System.Int64" => "a whole number",
        "System.Double" => "a number",
        "System.Boolean" => "true or false",
        "System.TimeSpan" => "a duration as hh:mm:ss or d.hh:mm:ss",
        "System.Uri" => "a URL",
        _ => EnumNames(type),
    };

    private static string EnumNames(string type) =>
        AppDomain.CurrentDomain.GetAssemblies()
            .Select(a => a.GetType(type)).FirstOrDefault(static t => t is { IsEnum: true }) is { } found
            ? string.Join(" or ", Enum.GetNames(found))
            : $"a {type}";

    private static string Value(string key, IConfiguration configuration) =>
        configuration[key] is not { } value ? "not set" : Secret().IsMatch(key) ? "set, but not valid" : $"'{value}'";

    [GeneratedRegex(
        "^Failed to convert configuration value(?: '.*')? at '(?<key>[^']+)' to type '(?<type>[^']+)'",
        RegexOptions.Singleline,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Unconvertible();

    [GeneratedRegex("^The field [^ ]+ ", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FieldPrefix();

    [GeneratedRegex(
        "password|secret|key|token|url|connectionstring", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Secret();
}
