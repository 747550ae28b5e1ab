namespace Cybertemp.Web.Access.SignIn;

/// <summary>A private address that somebody signs in to with its password.</summary>
/// <param name="Address">In normal form.</param>
/// <param name="CreatedAt">UTC.</param>
internal sealed record Account(Guid Id, string Address, DateTime CreatedAt);
