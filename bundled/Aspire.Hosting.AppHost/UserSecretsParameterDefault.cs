using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Generates once and keeps the value, so that data of yesterday opens with today's password.</summary>
internal sealed class UserSecretsParameterDefault(UserSecrets secrets, string key, ParameterDefault generated) : ParameterDefault
{
    public override string GetDefaultValue() => secrets.GetOrSet(key, generated.GetDefaultValue);
}
