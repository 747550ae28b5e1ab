namespace Cybertemp.Tests.Support;

[CollectionDefinition(Servers.Name)]
public sealed class SharedServers : ICollectionFixture<Servers>;
