using Cybertemp.Web.Codes.Numbers;
using Cybertemp.Web.Codes.Pages;
using Cybertemp.Web.Codes.Words;

namespace Cybertemp.Web.Codes.Scoring;

/// <summary>Chooses the one code of a page: the value with the highest score, when that is high enough.</summary>
internal static class CodePicker
{
    private const int Veto = -40;

    /// <summary>In normal form; null when there is none.</summary>
    public static string? Pick(Page page, string from)
    {
        var numbers = NumberFinder.In(page);
        if (!numbers.Exists(static number => number.IsCandidate))
        {
            return null;
        }

        var labels = new LabelFinder(page, numbers);
        var scorer = new CodeScorer(page, from, numbers);
        var scores = new Dictionary<string, ValueScore>(StringComparer.Ordinal);
        for (var index = 0; index < numbers.Count; index++)
        {
            var (number, label) = (numbers[index], labels.Of(index));
            var isOfEarlierMail = page.IsReply && number.Start < page.Lines[0].End;
            if (number.IsCandidate && !isOfEarlierMail)
            {
                var isNamed = label.Terms.Has(Term.Strong | Term.Code) && label.Place is not LabelPlace.Below;
                Add(scores, number.Value, scorer.Score(number, label), isNamed);
            }
        }

        return Best(scores, scores.Count == 1 ? CodeWeights.OnlyOne : scorer.HasReplaced ? CodeWeights.Replaces : 0);
    }

    private static void Add(Dictionary<string, ValueScore> scores, string value, int score, bool isNamed)
    {
        var before = scores.GetValueOrDefault(value, new ValueScore(int.MinValue, int.MaxValue, 0, isNamed));
        scores[value] = new ValueScore(
            Math.Max(before.Highest, score),
            Math.Min(before.Lowest, score),
            before.Count + (score > 0 ? 1 : 0),
            score > before.Highest ? isNamed : before.IsNamed);
    }

    private static string? Best(Dictionary<string, ValueScore> scores, int bonus)
    {
        var (best, highest, next, count) = (default(string), CodeWeights.Threshold - 1, 0, 0);
        foreach (var (value, score) in scores)
        {
            var total = bonus + score.Highest + (CodeWeights.Repeated * Math.Min(score.Count - 1, 2));
            var isRefused = score.Lowest < Veto && !score.IsNamed;
            if (isRefused || total < CodeWeights.Threshold)
            {
                continue;
            }

            count++;
            next = Math.Max(next, Math.Min(total, highest));
            (best, highest) = total > highest ? (value, total) : (best, highest);
        }

        // Several that are as good are a list: of spare codes, of events.
        return count >= CodeWeights.List || (count > 1 && highest - next < CodeWeights.LeastLead) ? null : best;
    }
}
