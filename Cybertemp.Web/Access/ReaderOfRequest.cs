namespace Cybertemp.Web.Access;

/// <summary>Who asks, as the request's credentials said.</summary>
internal static class ReaderOfRequest
{
    private static readonly object Key = new();

    /// <summary>Anyone, unless a credential was presented and found good.</summary>
    public static Reader Reader(this HttpContext context) =>
        context.Items.TryGetValue(Key, out var reader) ? (Reader)reader! : Access.Reader.Anyone;

    public static void SetReader(this HttpContext context, Reader reader) => context.Items[Key] = reader;
}
