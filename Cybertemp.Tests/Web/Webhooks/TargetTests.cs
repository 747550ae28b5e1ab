using Cybertemp.Mail.Webhooks;
using Cybertemp.Web.Webhooks;
using Cybertemp.Web.Webhooks.Delivery;

namespace Cybertemp.Tests.Web.Webhooks;

public sealed class TargetTests
{
    [Fact]
    public async Task A_changed_webhook_is_told_at_its_new_address_and_is_as_it_was()
    {
        var targets = new WebhookTargets(TimeProvider.System);
        var (id, told) = (Guid.NewGuid(), new TaskCompletionSource<WebhookTarget>());
        targets.Refresh([new Webhook(id, new Uri("https://old.example/hook"), WebhookSecret.Create())]);
        targets.Start(id, static target =>
        {
            target.Failed();
            return Task.CompletedTask;
        });
        await targets.UntilIdleAsync(CancellationToken.None);
        targets.Refresh([new Webhook(id, new Uri("https://new.example/hook"), WebhookSecret.Create())]);
        targets.Start(id, target =>
        {
            told.SetResult(target);
            return Task.CompletedTask;
        });
        var target = await told.Task.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(("https://new.example/hook", 1), (target.Webhook.Url.AbsoluteUri, target.Failures));
    }
}
