namespace Cybertemp.Web.Access.SignIn;

/// <summary>What opens a private inbox.</summary>
internal sealed record NewSession(string Address, string Password);
