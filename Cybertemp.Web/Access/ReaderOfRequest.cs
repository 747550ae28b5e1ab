namespace Cybertemp.Web.Access;

/// <summary>Who asks, as the request's credentials said.</summary>
internal static class ReaderOfRequest
{
    private static readonly object Key = new();
    private static readonly object SecretKey = new();

    /// <summary>Anyone, unless a credential was presented and found good.</summary>
    public static Reader Reader(this HttpContext context) =>
        context.Items.TryGetValue(Key, out var reader) ? (Reader)reader! : Access.Reader.Anyone;

    /// <summary>The credential that was found good; null for none.</summary>
    public static string? ReaderSecret(this HttpContext context) => (string?)context.Items[SecretKey];

    public static void SetReader(this HttpContext context, Reader reader, string secret) =>
        (context.Items[Key], context.Items[SecretKey]) = (reader, secret);
}
