namespace Cybertemp.Tests.Mail.Citus;

/// <summary>
/// Every statement that reaches further than one shard: what docs/scaling.md says of Citus rests on these.
/// </summary>
internal static class CitusExceptions
{
    private const string ById = "An id does not say which inbox: each shard looks in its index for that day.";

    private const string ForOperators = "Operators look at all mail, and the shards' answers are merged.";

    private const string Upkeep = "Upkeep over all inboxes, beside the way of mail.";

    public static IReadOnlyList<CitusException> All { get; } =
    [
        new(
            "as r (id, message, inbox, is_reserved) join", CitusReach.ManyShards,
            "A batch: two-phase commit over the nodes of its inboxes. Storage:MaxBatchRows=1 makes it one inbox's."),
        new(
            "where (select 1 from private_emails k where k.id = r.id) is null", CitusReach.Refused,
            "A batch in doubt is not tried again: its senders get 451 and send again."),
        new("with r as materialized", CitusReach.ManyShards, "An import is a batch, too."),
        new("with newer as materialized", CitusReach.Refused, "inbox.last_received_at stays that of the first mail."),
        new("select w.inbox, n.id from unnest($1)", CitusReach.Refused, "New mail is shown by announcements only."),
        new("select m.id from (select", CitusReach.ManyShards, ForOperators),
        new("from private_emails) m order by m.id desc", CitusReach.ManyShards, ForOperators),
        new("from private_emails) m where strpos(", CitusReach.ManyShards, ForOperators),
        new("filter (where not n.read)", CitusReach.ManyShards, ForOperators),
        new("m.id = $1 and m.received_at >= $2", CitusReach.ManyShards, ById),
        new("m.id = any($1)", CitusReach.ManyShards, ById),
        new(
            "where token_hash = $1", CitusReach.ManyShards,
            "A token does not say which inbox; it is remembered for 10 s."),
        new("insert into held_emails select * from emails_", CitusReach.ManyShards, Upkeep),
        new("(select l.address from inbox_lease l cross join lateral", CitusReach.ManyShards, Upkeep),
        new("with forgotten as", CitusReach.Refused, Upkeep),
        new("with recursive known", CitusReach.Refused, Upkeep),
    ];
}
