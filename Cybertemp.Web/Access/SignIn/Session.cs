namespace Cybertemp.Web.Access.SignIn;

/// <summary>That its bearer knew the password of a private address.</summary>
/// <param name="Address">In normal form.</param>
/// <param name="ExpiresAt">In whole seconds.</param>
/// <param name="PasswordMark">
/// As <see cref="SessionToken.MarkOf"/> makes it: the session ends with the password.
/// </param>
internal sealed record Session(string Address, DateTimeOffset ExpiresAt, ulong PasswordMark);
