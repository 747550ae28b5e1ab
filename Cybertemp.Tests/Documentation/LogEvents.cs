using System.Reflection;
using System.Runtime.CompilerServices;
using Cybertemp.Tests.Support;
using Microsoft.Extensions.Logging;

namespace Cybertemp.Tests.Documentation;

/// <summary>
/// Every log event of the product, written once, so that id, level and template are those an operator meets.
/// </summary>
internal static class LogEvents
{
    private const BindingFlags Declared =
        BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public
        | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static readonly (string Service, string Namespace)[] Namespaces =
    [
        ("receiver", "Cybertemp.SmtpReceiver"),
        ("receiver", "Cybertemp.Mail.Schema"),
        ("Sync", "Cybertemp.Sync"),
        ("receiver, Sync", "Cybertemp.Mail.Filters"),
        ("Web", "Cybertemp.Web"),
        ("all", "Cybertemp.ServiceDefaults"),
    ];

    private static readonly string[] Assemblies =
        ["Cybertemp.Mail", "Cybertemp.ServiceDefaults", "Cybertemp.SmtpReceiver", "Cybertemp.Sync", "Cybertemp.Web"];

    public static IReadOnlyList<LogEvent> All { get; } = [.. Assemblies.SelectMany(Read)];

    private static IEnumerable<LogEvent> Read(string assembly) =>
        from type in Assembly.Load(assembly).GetTypes().OrderBy(static t => t.FullName, StringComparer.Ordinal)
        from method in type.GetMethods(Declared).OrderBy(static m => m.MetadataToken)
        where method.GetCustomAttribute<LoggerMessageAttribute>() is not null
        select Write(ServiceOf(type), type, method);

    private static string ServiceOf(Type type) =>
        Namespaces.Single(n => $"{type.Namespace}.".StartsWith($"{n.Namespace}.", StringComparison.Ordinal)).Service;

    private static LogEvent Write(string service, Type type, MethodInfo method)
    {
        if (type.IsGenericTypeDefinition)
        {
            type = type.MakeGenericType(typeof(object));
            method = type.GetMethod(method.Name, Declared)!;
        }

        var log = new LastEntry();
        object? target = null;
        if (!method.IsStatic)
        {
            target = RuntimeHelpers.GetUninitializedObject(type);
            var field = type.GetFields(Declared).Single(static f => typeof(ILogger).IsAssignableFrom(f.FieldType));
            field.SetValue(target, field.FieldType.GenericTypeArguments is { Length: > 0 } category
                ? Activator.CreateInstance(typeof(Logger<>).MakeGenericType(category), log)
                : log);
        }

        method.Invoke(target, [.. method.GetParameters().Select(p => Argument(p.ParameterType, log))]);
        return new(type.Name.Split('`')[0], service, log.Level, log.Id, log.Template);
    }

    private static object? Argument(Type type, ILogger log) =>
        type == typeof(ILogger)
            ? log
            : type == typeof(string) ? "" : type.IsValueType ? Activator.CreateInstance(type) : null;

    private sealed class LastEntry : LogSink
    {
        public LogLevel Level { get; private set; }

        public EventId Id { get; private set; }

        public string Template { get; private set; } = "";

        protected override void Write(
            LogLevel level, EventId id, IReadOnlyList<KeyValuePair<string, object?>> values, string text) =>
            (Level, Id, Template) = (level, id, (string)values[^1].Value!);
    }
}
