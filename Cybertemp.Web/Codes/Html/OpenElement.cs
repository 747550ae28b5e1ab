using Cybertemp.Web.Codes.Pages;

namespace Cybertemp.Web.Codes.Html;

/// <summary>An element whose end has not come. The name is a place in the source.</summary>
internal readonly record struct OpenElement(
    int NameStart, int NameLength, ElementKind Kind, Looks Looks, bool IsInline, int Color, int Background);
