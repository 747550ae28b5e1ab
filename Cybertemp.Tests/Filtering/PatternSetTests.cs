using Cybertemp.SmtpReceiver.Filtering;

namespace Cybertemp.Tests.Filtering;

public sealed class PatternSetTests
{
    [Theory]
    [InlineData("he,she,his,hers", "ushers", true)]
    [InlineData("he,she,his,hers", "uhis", true)]
    [InlineData("she,hers", "sherpa", true)]
    [InlineData("abcd,bx", "abcx", false)]
    [InlineData("abcd,bce", "abce", true)]
    [InlineData("aaab", "aaaab", true)]
    [InlineData("a", "", false)]
    [InlineData("\u00FC", "b\u00FCcher", true)]
    [InlineData("\u00FCb", "\u00FC\u00FCb", true)]
    [InlineData("abc", "ab", false)]
    public void Finds_a_pattern_wherever_it_occurs(string patterns, string text, bool expected) =>
        Assert.Equal(expected, new PatternSet(patterns.Split(',')).OccursIn(text));

    [Fact]
    public void No_patterns_occur_nowhere()
    {
        var set = new PatternSet([]);
        Assert.True(set.IsEmpty);
        Assert.False(set.OccursIn("anything"));
    }

    [Fact]
    public void Agrees_with_one_search_a_pattern()
    {
        var random = new Random(20260714);
        for (var round = 0; round < 300; round++)
        {
            var patterns = Enumerable.Range(0, random.Next(1, 40)).Select(_ => Word(random, 1, 6)).ToArray();
            var set = new PatternSet(patterns);
            for (var i = 0; i < 30; i++)
            {
                var text = Word(random, 0, 12);
                Assert.Equal(patterns.Any(p => text.Contains(p, StringComparison.Ordinal)), set.OccursIn(text));
            }
        }
    }

    [Fact]
    public void A_text_may_come_in_pieces()
    {
        var set = new PatternSet(["am@sp"]);
        var state = set.Advance(PatternSet.Start, "spam");
        state = set.Advance(state, "@");
        Assert.NotEqual(PatternSet.Found, state);
        state = set.Advance(state, "spam.example");
        Assert.Equal(PatternSet.Found, state);
        Assert.Equal(PatternSet.Found, set.Advance(state, "more"));
    }

    [Fact]
    public void Ten_thousand_patterns_are_searched_without_allocation()
    {
        var random = new Random(1);
        var set = new PatternSet([.. Enumerable.Range(0, 10_000).Select(_ => Word(random, 8, 14) + "0")]);
        var text = Word(random, 60, 60);
        Assert.False(set.OccursIn(text));

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
        {
            set.OccursIn(text);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static string Word(Random random, int min, int max) =>
        string.Create(random.Next(min, max + 1), random, static (word, random) =>
        {
            foreach (ref var c in word)
            {
                c = "abc\u00FC"[random.Next(4)];
            }
        });
}
