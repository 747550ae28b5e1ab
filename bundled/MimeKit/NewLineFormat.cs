namespace MimeKit;

public enum NewLineFormat
{
    Mixed = -1,
    Unix,
    Dos,
}
