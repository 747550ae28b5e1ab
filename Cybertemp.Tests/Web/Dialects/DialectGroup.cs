namespace Cybertemp.Tests.Web.Dialects;

/// <summary>The classes that share one service; they run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class DialectGroup : ICollectionFixture<DialectFixture>
{
    public const string Name = "dialects";
}
