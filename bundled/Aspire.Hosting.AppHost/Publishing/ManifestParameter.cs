using System.Text.Json;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Publishing;

/// <summary>A parameter as a manifest's input: what is said of it beyond a plain string is written, and no value ever.</summary>
internal static class ManifestParameter
{
    public static void Write(Utf8JsonWriter json, ParameterResource parameter)
    {
        json.WriteString("type", "parameter.v0");
        if (parameter.IsConnectionString)
        {
            json.WriteString("connectionString", $"{{{parameter.Name}.value}}");
        }

        json.WriteString("value", $"{{{parameter.Name}.inputs.value}}");
        json.WriteStartObject("inputs");
        json.WriteStartObject("value");
        json.WriteString("type", "string");
        if (parameter.Secret)
        {
            json.WriteBoolean("secret", true);
        }

        if (parameter.Default is GenerateParameterDefault generated)
        {
            Write(json, generated);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, GenerateParameterDefault generated)
    {
        json.WriteStartObject("default");
        json.WriteStartObject("generate");
        json.WriteNumber("minLength", generated.MinLength);
        foreach (var (name, allowed) in new[]
        {
            ("lower", generated.Lower), ("upper", generated.Upper), ("numeric", generated.Numeric), ("special", generated.Special),
        })
        {
            if (!allowed)
            {
                json.WriteBoolean(name, false);
            }
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }
}
