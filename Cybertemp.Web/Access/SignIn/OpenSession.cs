namespace Cybertemp.Web.Access.SignIn;

/// <summary>A session that was opened.</summary>
/// <param name="Token">For <c>Authorization: Bearer</c>.</param>
/// <param name="ExpiresAt">UTC.</param>
internal sealed record OpenSession(string Token, DateTime ExpiresAt);
