namespace Cybertemp.Tests.Bundled.Dashboard;

[CollectionDefinition(MemoryTests.Alone, DisableParallelization = true)]
public sealed class MemoryAlone;
