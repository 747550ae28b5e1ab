namespace Cybertemp.Web.Codes.Words;

/// <summary>
/// What a word or phrase of the vocabulary says about the numbers and links near it. None only hides shorter ones.
/// </summary>
[Flags]
internal enum Term
{
    None = 0,

    /// <summary>Names a one-time code and nothing else: "verification code", "OTP".</summary>
    Strong = 1 << 0,

    /// <summary>Names a code of any kind: "code", "PIN", "password".</summary>
    Code = 1 << 1,

    /// <summary>Names what a code is made of: "digits", "characters".</summary>
    Figures = 1 << 2,

    /// <summary>Speaks of signing in, registering, verifying, approving.</summary>
    Auth = 1 << 3,

    /// <summary>Asks to type, copy or use.</summary>
    Enter = 1 << 4,

    /// <summary>Limits the time or the number of uses.</summary>
    Expiry = 1 << 5,

    /// <summary>Asks to keep it secret, or to ignore the mail when it was not asked for.</summary>
    Secret = 1 << 6,

    /// <summary>Replaced, expired, used: what is near works no longer.</summary>
    Old = 1 << 7,

    /// <summary>New, current: what is near works now.</summary>
    New = 1 << 8,

    /// <summary>To be compared or kept away from, not typed.</summary>
    Compare = 1 << 9,

    /// <summary>An example.</summary>
    Sample = 1 << 10,

    /// <summary>Names a lasting number: order, invoice, ticket, customer, serial, version.</summary>
    Reference = 1 << 11,

    /// <summary>A currency, or a word for an amount.</summary>
    Money = 1 << 12,

    /// <summary>What stands after a count: minutes, people, kilometres.</summary>
    Unit = 1 << 13,

    Phone = 1 << 14,

    /// <summary>Street, postcode, city.</summary>
    Place = 1 << 15,

    /// <summary>The end of a card's or an account's number.</summary>
    Card = 1 << 16,

    /// <summary>
    /// Speaks of what has codes of its own: vouchers, bookings, parcels, meetings. With Reference it names such a code.
    /// </summary>
    OtherUse = 1 << 17,

    /// <summary>Newsletter, article.</summary>
    Article = 1 << 18,

    /// <summary>What an action link does: confirm, sign in, reset, accept.</summary>
    Action = 1 << 19,

    /// <summary>What a refusing link does, or the condition for it: cancel, report, "not you".</summary>
    Refuse = 1 << 20,

    /// <summary>What any other link does: help, settings, shop, unsubscribe.</summary>
    Plain = 1 << 21,

    /// <summary>Ends the line above a quoted mail: "wrote:".</summary>
    Wrote = 1 << 22,

    /// <summary>Begins the subject of a reply or a forwarded mail.</summary>
    Reply = 1 << 23,

    /// <summary>Begins a line of the block above a quoted mail ("From:", "Sent:"), or is the rule above it.</summary>
    Header = 1 << 24,

    /// <summary>Asks to follow a link and does not say what for: "click here".</summary>
    Click = 1 << 25,

    /// <summary>A password that one chooses: what is said near a link that sets one.</summary>
    Password = 1 << 26,

    /// <summary>A payment or a transfer, that a code may approve.</summary>
    Payment = 1 << 27,

    /// <summary>Every name of a number that is not a one-time code.</summary>
    OtherNumber = Reference | Phone | Place | Card,
}
