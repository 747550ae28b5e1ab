namespace Cybertemp.Tests.ServiceDefaults;

/// <summary>A listener is heard by the whole process: these tests need to know that theirs is the only one.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class TracingAlone
{
    public const string Name = "listens alone";
}
