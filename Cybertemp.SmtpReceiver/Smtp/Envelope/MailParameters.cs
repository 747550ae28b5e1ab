using System.Globalization;

namespace Cybertemp.SmtpReceiver.Smtp.Envelope;

/// <summary>The parameters of MAIL: SIZE (RFC 1870), BODY (RFC 6152), SMTPUTF8 (RFC 6531).</summary>
/// <param name="SizeBytes">As declared; null without SIZE; <see cref="long.MaxValue"/> for what is larger.</param>
/// <param name="Body">False without BODY.</param>
/// <param name="SmtpUtf8">The addresses may have UTF-8.</param>
internal readonly record struct MailParameters(long? SizeBytes, bool Body, bool SmtpUtf8)
{
    /// <summary>RFC 1870 §6.1: one to twenty digits.</summary>
    private const int MaxSizeDigits = 20;

    /// <summary>Reads <c>*(SP esmtp-param)</c>.</summary>
    /// <returns>Null, or the reply to a parameter that is malformed, repeated or unknown.</returns>
    public static SmtpReply? Parse(ReadOnlySpan<char> text, out MailParameters parameters)
    {
        parameters = default;
        foreach (var range in text.Split(' '))
        {
            var parameter = text[range];
            var before = parameters;
            if (!parameter.IsEmpty && before.Add(parameter, out parameters) is { } refusal)
            {
                return refusal;
            }
        }

        return text.IsEmpty || text[0] == ' ' ? null : SmtpReply.MailSyntax;
    }

    /// <summary>The reply to parameters where none is known: RCPT, and MAIL after HELO.</summary>
    public static SmtpReply? RefuseAny(ReadOnlySpan<char> text, SmtpReply syntax) => text switch
    {
        [] => null,
        [' ', ..] => text.Trim(' ').IsEmpty ? null : SmtpReply.ParameterUnknown,
        _ => syntax,
    };

    private SmtpReply? Add(ReadOnlySpan<char> parameter, out MailParameters sum)
    {
        sum = this;
        var equals = parameter.IndexOf('=');
        var keyword = equals < 0 ? parameter : parameter[..equals];
        var value = equals < 0 ? default : parameter[(equals + 1)..];
        if (!IsKeyword(keyword) || (equals >= 0 && value.IsEmpty))
        {
            return SmtpReply.ParameterSyntax;
        }

        return keyword switch
        {
            _ when Is(keyword, "SIZE") => AddSize(value, ref sum),
            _ when Is(keyword, "BODY") => AddBody(value, ref sum),
            _ when Is(keyword, "SMTPUTF8") => AddSmtpUtf8(equals >= 0, ref sum),
            _ => SmtpReply.ParameterUnknown,
        };
    }

    private SmtpReply? AddSize(ReadOnlySpan<char> value, ref MailParameters sum)
    {
        if (SizeBytes is not null || value.Length is 0 or > MaxSizeDigits || value.ContainsAnyExceptInRange('0', '9'))
        {
            return SmtpReply.ParameterSyntax;
        }

        var isWithinRange = long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var size);
        sum = this with { SizeBytes = isWithinRange ? size : long.MaxValue };
        return null;
    }

    private SmtpReply? AddBody(ReadOnlySpan<char> value, ref MailParameters sum)
    {
        sum = this with { Body = true };
        return value switch
        {
            _ when Body || value.IsEmpty => SmtpReply.ParameterSyntax,
            _ when Is(value, "7BIT") || Is(value, "8BITMIME") => null,
            // BINARYMIME (RFC 3030 §3) is not offered.
            _ => SmtpReply.ParameterUnknown,
        };
    }

    private SmtpReply? AddSmtpUtf8(bool hasValue, ref MailParameters sum)
    {
        sum = this with { SmtpUtf8 = true };
        return SmtpUtf8 || hasValue ? SmtpReply.ParameterSyntax : null;
    }

    private static bool IsKeyword(ReadOnlySpan<char> keyword)
    {
        foreach (var c in keyword)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c != '-')
            {
                return false;
            }
        }

        return keyword is [not '-', ..];
    }

    private static bool Is(ReadOnlySpan<char> word, string name) =>
        word.Equals(name, StringComparison.OrdinalIgnoreCase);
}
