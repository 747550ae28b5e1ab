using System.Text.Json;
using System.Text.RegularExpressions;

namespace Cybertemp.Tests.Mail.Citus;

/// <summary>
/// PostgreSQL's own plan of a statement, looked at with the rules of Citus: which distributed tables it scans, and by
/// which condition each is bound to one inbox.
/// </summary>
internal sealed partial class CitusPlan
{
    private static readonly Dictionary<string, string> Columns = new(StringComparer.Ordinal)
    {
        ["emails"] = "inbox",
        ["private_emails"] = "inbox",
        ["held_emails"] = "inbox",
        ["inbox"] = "address",
        ["inbox_lease"] = "address",
    };

    private static readonly string[] Conditions =
        ["Index Cond", "Recheck Cond", "Filter", "Join Filter", "Hash Cond", "Merge Cond"];

    private readonly List<Scan> _scans = [];
    private readonly HashSet<string> _distributed = new(StringComparer.Ordinal);
    private bool _inserts;
    private bool _hasList;
    private bool _locks;
    private bool _recurs;
    private bool _looksUpForEachOfList;

    private CitusPlan(JsonElement plan) => Add(plan, default);

    /// <summary>How far a statement reaches.</summary>
    public static CitusReach ReachOf(JsonElement plan) => new CitusPlan(plan).Reach();

    private CitusReach Reach()
    {
        var writesMany = _inserts && _hasList;
        var readsMany = _scans.Count > 0 && !(_scans.TrueForAll(IsBound) && _scans.Exists(IsOneValue));
        return _looksUpForEachOfList || (readsMany && (_locks || _recurs)) || _scans.Exists(IsLimitedForEachOfList)
            ? CitusReach.Refused
            : writesMany || readsMany ? CitusReach.ManyShards
            : CitusReach.OneShard;
    }

    private void Add(JsonElement node, Surroundings around)
    {
        var type = Text(node, "Node Type");
        var table = Day().Replace(Text(node, "Relation Name"), "emails");
        var conditions = string.Concat(Conditions.Select(c => $"{Text(node, c)}\n")) + around.Conditions;
        _locks |= type == "LockRows";
        _recurs |= type == "Recursive Union";
        _hasList |= type == "Function Scan";
        if (type == "ModifyTable")
        {
            _inserts |= Text(node, "Operation") == "Insert" && Columns.ContainsKey(table);
        }
        else if (Columns.TryGetValue(table, out var column))
        {
            var alias = Text(node, "Alias");
            _distributed.Add(alias);
            _scans.Add(new(alias, column, conditions, around.IsLimitedInLoop));
            _looksUpForEachOfList |= around.IsForEachOfList;
        }

        foreach (var child in Children(node))
        {
            Add(child, Within(node, child, around, conditions));
        }
    }

    private static Surroundings Within(JsonElement node, JsonElement child, Surroundings around, string conditions)
    {
        var type = Text(node, "Node Type");
        return Text(child, "Parent Relationship") switch
        {
            // By itself, once: a list (CTE), or a value.
            "InitPlan" => default,
            "SubPlan" => new("", IsForEachOfList: type is "CTE Scan" or "Function Scan", IsLimitedInLoop: false),
            _ => around with
            {
                Conditions = conditions,
                IsLimitedInLoop = around.IsLimitedInLoop
                    || (type == "Nested Loop" && Text(child, "Node Type") is "Limit" or "Subquery Scan"),
            },
        };
    }

    private static bool IsOneValue(Scan scan) => Bindings(scan).Any(static b => b[0] is '\'' or '$');

    private bool IsBound(Scan scan) => IsOneValue(scan) || Bindings(scan).Any(b => _distributed.Contains(AliasOf(b)));

    private bool IsLimitedForEachOfList(Scan scan) =>
        scan.IsLimitedInLoop && !IsBound(scan) && Bindings(scan).Any();

    /// <summary>What its column is equal to.</summary>
    private static IEnumerable<string> Bindings(Scan scan) =>
        from Match match in Equality().Matches(scan.Conditions)
        let left = match.Groups["left"].Value
        let right = match.Groups["right"].Value
        from binding in (string[])[left == scan.Name ? right : "", right == scan.Name ? left : ""]
        where binding.Length > 0
        select binding;

    private static string AliasOf(string column) => column.Split('.')[0];

    private static JsonElement.ArrayEnumerator Children(JsonElement node) =>
        node.TryGetProperty("Plans", out var plans) ? plans.EnumerateArray() : default;

    private static string Text(JsonElement node, string name) =>
        node.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString()! : "";

    [GeneratedRegex(
        @"\(?(?<left>\w+\.\w+)\)?(::text)? = \(?(?<right>'[^']*'|\$\d+|\w+\.\w+)",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Equality();

    [GeneratedRegex(@"^emails_\d{8}$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Day();

    /// <summary>What is above a node.</summary>
    /// <param name="Conditions">Of the joins.</param>
    /// <param name="IsForEachOfList">It is run for each row of a list that the coordinator has.</param>
    /// <param name="IsLimitedInLoop">It is run for some rows of each.</param>
    private readonly record struct Surroundings(string Conditions, bool IsForEachOfList, bool IsLimitedInLoop);

    private sealed record Scan(string Alias, string Column, string Conditions, bool IsLimitedInLoop)
    {
        public string Name => $"{Alias}.{Column}";
    }
}
