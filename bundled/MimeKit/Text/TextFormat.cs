namespace MimeKit.Text;

public enum TextFormat
{
    Plain,
    Text = Plain,
    Flowed,
    Html,
}
