using System.Text;

namespace Cybertemp.Tests.Web.WebInbox;

/// <summary>Mail as senders write it.</summary>
internal static class Mails
{
    public const string Code = "482913";

    public static readonly byte[] Picture = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAYAAADED76LAAAAGUlEQVR4nGNkOPH/PwMewIRPkgEkQEgBI0UAAHuvBBG7p+yKAAAAAElFTkSuQmCC");

    public static byte[] Html(string subject, string html, string text = "Hello") => Encoding.UTF8.GetBytes(
        $"""
        From: "Lighthouse" <noreply@lighthouse.example>
        To: box@temp.example
        Subject: {subject}
        MIME-Version: 1.0
        Content-Type: multipart/alternative; boundary=b

        --b
        Content-Type: text/plain; charset=utf-8

        {text}
        --b
        Content-Type: text/html; charset=utf-8

        {html}
        --b--
        """.ReplaceLineEndings("\r\n"));

    public static byte[] WithCode(string subject = "Please verify your device") => Html(
        subject, $"<p>Your verification code is</p><h1>{Code}</h1><p>It is valid for 10 minutes.</p>",
        $"Your verification code is {Code}. It is valid for 10 minutes.");

    public static byte[] From(string from, string subject, string text) => Encoding.UTF8.GetBytes(
        $"From: {from}\r\nSubject: {subject}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}");

    /// <summary>Laid out in tables, with a picture from elsewhere, as most mail of shops and services.</summary>
    public static byte[] Newsletter(string subject) => Html(
        subject,
        $"""
        <body style="background-color:#eef1f0"><table width="100%" cellpadding="0" cellspacing="0"><tr><td align="center" style="padding:28px 0">
        <table width="520" cellpadding="0" cellspacing="0" bgcolor="#ffffff" style="border-radius:10px;font-family:Inter,Helvetica,Arial,sans-serif;color:#20302b">
        <tr><td style="padding:32px 40px 8px"><p style="margin:0;font-size:14px;color:#5d6b66">Lighthouse</p>
        <h2 style="margin:10px 0 0;font-size:22px">Is this you?</h2></td></tr>
        <tr><td style="padding:8px 40px"><p style="line-height:24px">Somebody is signing in to Lighthouse from a new device.
        If it is you, enter this code to finish:</p>
        <p style="font-size:30px;font-weight:700;letter-spacing:8px;background-color:#eef6f3;border-radius:8px;padding:14px 20px;text-align:center">{Code}</p>
        <p style="line-height:24px;color:#5d6b66">It is valid for ten minutes. If it is not you, nothing happens:
        you can ignore this mail, or <a href="https://lighthouse.example/account/devices" style="color:#17614f">look at your devices</a>.</p>
        <img src="https://t.lighthouse.example/open.gif?u=4711" width="1" height="1" alt=""></td></tr>
        <tr><td style="padding:16px 40px 32px;font-size:12px;color:#7a8883">Lighthouse, 1 Pier Street, Port Example</td></tr>
        </table></td></tr></table></body>
        """,
        $"Your verification code is {Code}. It is valid for ten minutes.");

    /// <summary>A file, and a picture that the HTML shows.</summary>
    public static byte[] WithAttachments(string subject) => Encoding.UTF8.GetBytes(
        $"""
        From: Accounts <accounts@shop.example>
        Subject: {subject}
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary=m

        --m
        Content-Type: multipart/related; boundary=r

        --r
        Content-Type: text/html; charset=utf-8

        <p>Your invoice. <img src="cid:logo@shop" alt="Shop"></p>
        --r
        Content-Type: image/png
        Content-Transfer-Encoding: base64
        Content-ID: <logo@shop>

        {Convert.ToBase64String(Picture)}
        --r--
        --m
        Content-Type: application/pdf; name="invoice.pdf"
        Content-Disposition: attachment; filename="invoice.pdf"
        Content-Transfer-Encoding: base64

        {Convert.ToBase64String("%PDF-1.7 invoice"u8)}
        --m--
        """.ReplaceLineEndings("\r\n"));
}
