namespace Cybertemp.Web.Codes.Pages;

internal static class LooksSets
{
    public static bool Has(this Looks looks, Looks any) => (looks & any) != Looks.None;
}
