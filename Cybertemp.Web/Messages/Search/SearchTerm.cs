namespace Cybertemp.Web.Messages.Search;

/// <summary>A part of a text, in any case, that has to be there.</summary>
/// <param name="IsNegated">Or must not be.</param>
internal sealed record SearchTerm(SearchField Field, string Text, bool IsNegated);
