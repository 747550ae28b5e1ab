using System.Reflection;

namespace Cybertemp.Tests.Supabase;

/// <summary>Documentation-comment ids as the compiler writes them, for what reflection shows.</summary>
internal static class DocumentationId
{
    public static string Of(MemberInfo member) => member switch
    {
        Type type => $"T:{Name(type)}",
        ConstructorInfo constructor => $"M:{Name(constructor.DeclaringType!)}.#ctor{Parameters(constructor)}",
        MethodInfo method =>
            $"M:{Name(method.DeclaringType!)}.{MethodName(method)}{Parameters(method)}{Conversion(method)}",
        PropertyInfo property => $"P:{Name(property.DeclaringType!)}.{property.Name}{Indices(property)}",
        FieldInfo field => $"F:{Name(field.DeclaringType!)}.{field.Name}",
        EventInfo @event => $"E:{Name(@event.DeclaringType!)}.{@event.Name}",
        _ => throw new NotSupportedException(member.MemberType.ToString()),
    };

    private static string Name(Type type) => (type.FullName ?? $"{type.Namespace}.{type.Name}").Replace('+', '.');

    private static string MethodName(MethodInfo method)
    {
        var name = method.Name.Replace('<', '{').Replace('>', '}');
        return method.IsGenericMethodDefinition ? $"{name}``{method.GetGenericArguments().Length}" : name;
    }

    private static string Conversion(MethodInfo method) =>
        method.Name is "op_Implicit" or "op_Explicit" ? $"~{Reference(method.ReturnType)}" : string.Empty;

    private static string Indices(PropertyInfo property) => List(property.GetIndexParameters());

    private static string Parameters(MethodBase method) => List(method.GetParameters());

    private static string List(ParameterInfo[] parameters) =>
        parameters.Length == 0
            ? string.Empty
            : $"({string.Join(',', parameters.Select(p => Reference(p.ParameterType)))})";

    private static string Reference(Type type) => type switch
    {
        { IsByRef: true } => $"{Reference(type.GetElementType()!)}@",
        { IsPointer: true } => $"{Reference(type.GetElementType()!)}*",
        { IsArray: true } => $"{Reference(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]",
        { IsGenericMethodParameter: true } => $"``{type.GenericParameterPosition}",
        { IsGenericParameter: true } => $"`{type.GenericParameterPosition}",
        { IsGenericType: true } => Generic(type),
        _ => Name(type),
    };

    private static string Generic(Type type)
    {
        var definition = Name(type.GetGenericTypeDefinition());
        var arguments = string.Join(',', type.GetGenericArguments().Select(Reference));
        return $"{definition[..definition.LastIndexOf('`')]}{{{arguments}}}";
    }
}
