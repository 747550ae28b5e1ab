namespace MimeKit.Text;

public abstract class TextConverter
{
    public abstract string Convert(string text);
}
