namespace Cybertemp.Tests.Web.WebInbox;

/// <summary>The classes that share one browser and the servers behind it; they run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class InboxGroup : ICollectionFixture<InboxFixture>
{
    public const string Name = "inbox";
}
