namespace Cybertemp.Web.Codes.Html;

internal static class ElementKinds
{
    public static bool Has(this ElementKind kind, ElementKind any) => (kind & any) != ElementKind.None;
}
