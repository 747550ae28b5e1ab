namespace Cybertemp.Web.Codes.Scoring;

/// <summary>Of all places where a value stands. <paramref name="Count"/>: those that speak for it.</summary>
internal readonly record struct ValueScore(int Highest, int Lowest, int Count, bool IsNamed);
