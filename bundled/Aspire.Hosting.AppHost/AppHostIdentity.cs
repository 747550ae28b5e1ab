namespace Aspire.Hosting;

/// <summary>Whose application this is.</summary>
internal sealed record AppHostIdentity(string Name, string ProjectDirectory);
