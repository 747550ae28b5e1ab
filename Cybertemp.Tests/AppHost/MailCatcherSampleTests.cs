using System.Text.Json.Nodes;
using Aspire.Hosting.Testing;

namespace Cybertemp.Tests.AppHost;

/// <summary>docs/samples/MailCatcher, which is built with the tests: what its model says.</summary>
public sealed class MailCatcherSampleTests
{
    [Fact]
    public async Task Somebody_elses_app_host_gets_a_mail_catcher()
    {
        var folder = Directory.CreateTempSubdirectory("sample-");
        try
        {
            var path = Path.Combine(folder.FullName, "manifest.json");
            var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.MailCatcher>(
                ["--publisher", "manifest", "--output-path", path]);
            await using (var app = await builder.BuildAsync())
            {
                await app.RunAsync();
            }

            AssertModel(JsonNode.Parse(await File.ReadAllTextAsync(path))!["resources"]!);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void AssertModel(JsonNode resources)
    {
        var (mail, inbox, shop) = (resources["mail"]!, resources["mail-inbox"]!, resources["shop"]!);
        Assert.Equal("cybertemp-smtp-receiver:latest", (string)mail["image"]!);
        Assert.Equal(2525, (int)mail["bindings"]!["smtp"]!["targetPort"]!);
        Assert.Equal(
            "Endpoint=smtp://{mail.bindings.smtp.host}:{mail.bindings.smtp.port}", (string)mail["connectionString"]!);
        Assert.Equal("cybertemp-web:latest", (string)inbox["image"]!);
        foreach (var service in (JsonNode[])[mail, inbox])
        {
            Assert.Equal("Open", (string)service["env"]!["Filters__Domains__Source"]!);
            Assert.Equal("{mailbox.connectionString}", (string)service["env"]!["ConnectionStrings__cybertemp"]!);
        }

        Assert.Equal("{mail.connectionString}", (string)shop["env"]!["ConnectionStrings__mail"]!);
    }
}
