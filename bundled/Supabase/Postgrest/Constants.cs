namespace Supabase.Postgrest;

/// <summary>The words of PostgREST queries.</summary>
public static class Constants
{
    public enum Operator
    {
        Equals = 2,
        GreaterThan,
        GreaterThanOrEqual,
        LessThan,
        LessThanOrEqual,
        NotEqual,
        Like,
        ILike,
    }

    public enum Ordering
    {
        Ascending,
        Descending,
    }

    public enum NullPosition
    {
        First,
        Last,
    }

    public enum CountType
    {
        Exact,
        Planned,
        Estimated,
    }
}
