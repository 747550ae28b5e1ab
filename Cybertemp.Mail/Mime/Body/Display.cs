namespace Cybertemp.Mail.Mime.Body;

/// <summary>What a part of the tree shows, in order: to whom reads text, and to whom reads HTML.</summary>
internal sealed record Display(List<TextLeaf> Text, List<TextLeaf> Html)
{
    public bool HasHtml => Html.Exists(leaf => leaf.IsHtml);

    public bool IsEmpty => Text.Count == 0;

    public static Display Empty() => new([], []);

    public static Display Of(TextLeaf leaf) => new([leaf], [leaf]);

    public void Append(Display next)
    {
        Text.AddRange(next.Text);
        Html.AddRange(next.Html);
    }
}
