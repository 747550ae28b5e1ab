namespace Cybertemp.Web.Codes.Pages;

/// <summary>
/// An address and where its words stand. <paramref name="Words"/>: what a picture in it says, else "".
/// </summary>
internal readonly record struct Anchor(int Start, int End, string Address, string Words, bool IsPrinted);
