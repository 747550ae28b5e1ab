using Cybertemp.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cybertemp.Tests.Web.WebInbox;

/// <summary>A list that the server read before a visitor did something, and that arrives after it.</summary>
[Collection(InboxGroup.Name)]
public sealed class LateAnswerTests(InboxFixture inbox)
{
    private readonly TaskCompletionSource _isHeld = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _lists;

    [Fact]
    public async Task A_list_of_before_leaves_read_mail_read_and_deleted_mail_deleted()
    {
        await using var visit = await OpenAsync("Kept", "Gone");
        await visit.ReadAsync("Kept");
        await Expect(visit.Page).ToHaveTitleAsync($"(1) {Address(visit)} · Cybertemp");
        await visit.ReadAsync("Gone");
        await visit.Button("Delete").ClickAsync();
        await Expect(visit.Rows).ToHaveCountAsync(1);
        await Eventually.TrueAsync(async () => (bool)(await inbox.Mail.ScalarAsync(
            $"select bool_and(read) from emails where inbox = '{Address(visit)}'"))!);

        await ReleaseAsync(visit);
        await Expect(visit.Rows).ToHaveCountAsync(1);
        await Expect(visit.Page).ToHaveTitleAsync($"{Address(visit)} · Cybertemp");
        await inbox.Mail.DeliverAsync(Address(visit), "After");
        await Expect(visit.Row("After")).ToBeVisibleAsync();
        Assert.Empty(visit.Errors);
    }

    [Fact]
    public async Task A_list_of_before_does_not_fill_an_inbox_that_was_emptied()
    {
        await using var visit = await OpenAsync("First", "Second");
        await visit.Button("Delete all mail of this inbox").ClickAsync();
        await visit.Button("Delete all").ClickAsync();
        await Expect(visit.Rows).ToHaveCountAsync(0);
        await ReleaseAsync(visit);
        await Expect(visit.Hero).ToHaveTextAsync(Address(visit));
        await Expect(visit.Rows).ToHaveCountAsync(0);
        await inbox.Mail.DeliverAsync(Address(visit), "After");
        await Expect(visit.Row("After")).ToBeVisibleAsync();
        await Expect(visit.Rows).ToHaveCountAsync(1);
    }

    private static string Address(Visit visit) => visit.Page.Url.Split('/')[4];

    /// <summary>
    /// A tab that shows the mail; the look that follows the stream's begin was answered and does not arrive.
    /// </summary>
    private async Task<Visit> OpenAsync(params string[] subjects)
    {
        var address = inbox.NewInbox();
        foreach (var subject in subjects)
        {
            await inbox.Mail.DeliverAsync(address, subject);
        }

        var context = await inbox.VisitAsync();
        await context.RouteAsync("**/messages?limit=*", HoldSecondAsync);
        var visit = new Visit(context, await context.NewPageAsync());
        await visit.Page.GotoAsync(InboxFixture.PathOf(address));
        await Expect(visit.Rows).ToHaveCountAsync(subjects.Length);
        await _isHeld.Task;
        return visit;
    }

    private async Task HoldSecondAsync(IRoute route)
    {
        if (Interlocked.Increment(ref _lists) != 2)
        {
            await route.ContinueAsync();
            return;
        }

        var response = await route.FetchAsync();
        _isHeld.SetResult();
        await _release.Task;
        await route.FulfillAsync(new() { Response = response });
    }

    private async Task ReleaseAsync(Visit visit)
    {
        var arrived = visit.Page.WaitForResponseAsync(
            static r => r.Url.Contains("/messages?limit=", StringComparison.Ordinal));
        _release.SetResult();
        await arrived;
        await visit.SettleAsync();
    }
}
