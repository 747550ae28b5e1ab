namespace MimeKit.Text;

public abstract class TextConverter
{
    public string Convert(string text) => ConvertText(text);

    private protected abstract string ConvertText(string text);
}
