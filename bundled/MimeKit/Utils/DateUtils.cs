using System.Text;

namespace MimeKit.Utils;

public static class DateUtils
{
    public static bool TryParse(string text, out DateTimeOffset date) =>
        DateParser.TryParse(Encoding.UTF8.GetBytes(text), out date);
}
