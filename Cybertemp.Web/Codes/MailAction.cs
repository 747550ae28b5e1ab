namespace Cybertemp.Web.Codes;

/// <summary>
/// What a mail asks its reader to do. <paramref name="Code"/> in the form to type; <paramref name="Link"/> as in the
/// mail.
/// </summary>
internal readonly record struct MailAction(string? Code, string? Link);
