namespace Cybertemp.ServiceDefaults.Configuration;

/// <summary>
/// The configuration cannot be used. The message is one line that names key, value and what is allowed, and no secret.
/// </summary>
public sealed class ConfigurationException(string message) : Exception(message);
