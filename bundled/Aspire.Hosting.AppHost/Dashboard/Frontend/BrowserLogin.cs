using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Aspire.Hosting.Dashboard.Frontend;

/// <summary>
/// The token in the link becomes a cookie that proves it was known without holding it. It is valid as long as the token
/// is. Cookies ignore ports, so the name has the port in it: two AppHosts do not log each other out.
/// </summary>
internal sealed class BrowserLogin(string? token)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(3);

    private readonly string _proof = token is null
        ? ""
        : Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(token), "aspire-dashboard"u8));

    public bool IsLoggedIn(HttpContext context) =>
        token is null || (context.Request.Cookies[CookieName(context)] is { } cookie && SameText(cookie, _proof));

    /// <summary>Sets the cookie when the token is right.</summary>
    public bool TryLogIn(HttpContext context, string given)
    {
        if (token is null || !SameText(given, token))
        {
            return token is null;
        }

        // Not Secure: over http://localhost a browser may drop such a cookie, and the login would go round in circles.
        context.Response.Cookies.Append(CookieName(context), _proof, new()
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Lax,
            MaxAge = Lifetime,
            Path = "/",
            IsEssential = true,
        });
        return true;
    }

    private static string CookieName(HttpContext context) => $"aspire-dashboard-{context.Connection.LocalPort}";

    private static bool SameText(string left, string right) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(left), Encoding.UTF8.GetBytes(right));
}
