using System.Reflection;
using System.Reflection.Emit;

namespace Cybertemp.Tests.Support;

/// <summary>What the types of an assembly name: in signatures, in attributes and in the code of methods.</summary>
internal static class TypeReferences
{
    private const BindingFlags Declared = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public
        | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> OpCodesByValue = typeof(OpCodes)
        .GetFields(BindingFlags.Static | BindingFlags.Public).Select(static f => (OpCode)f.GetValue(null)!)
        .ToDictionary(static o => o.Value);

    /// <summary>Each pair once; a nested type counts as the one around it.</summary>
    public static IEnumerable<(Type From, Type To)> Read(Assembly assembly) =>
        from type in assembly.GetTypes()
        from named in Named(type).SelectMany(Parts).Select(Outermost).Distinct()
        let outermost = Outermost(type)
        where named != outermost
        group named by outermost into uses
        from named in uses.Distinct()
        select (uses.Key, named);

    private static IEnumerable<Type?> Named(Type type) =>
    [
        type.BaseType,
        .. type.GetInterfaces(),
        .. type.GetCustomAttributesData().Select(static a => a.AttributeType),
        .. type.GetFields(Declared).Select(static f => f.FieldType),
        .. type.GetMethods(Declared).Cast<MethodBase>().Concat(type.GetConstructors(Declared)).SelectMany(NamedBy),
    ];

    private static IEnumerable<Type?> NamedBy(MethodBase method) =>
    [
        .. Signature(method),
        .. method.GetMethodBody()?.LocalVariables.Select(static v => v.LocalType) ?? [],
        .. Operands(method).SelectMany(static m => m switch
        {
            Type type => [type],
            FieldInfo field => [field.DeclaringType, field.FieldType],
            MethodBase called => [called.DeclaringType, .. Signature(called)],
            _ => (Type?[])[],
        }),
    ];

    private static IEnumerable<Type?> Signature(MethodBase method) =>
    [
        (method as MethodInfo)?.ReturnType,
        .. method.GetParameters().Select(static p => p.ParameterType),
        .. method.IsGenericMethod ? method.GetGenericArguments() : [],
    ];

    /// <summary>The members that the instructions of a method name (ECMA-335 §III.1.9).</summary>
    private static IEnumerable<MemberInfo?> Operands(MethodBase method)
    {
        var code = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        var typeArguments = method.DeclaringType!.IsGenericType ? method.DeclaringType.GetGenericArguments() : null;
        var methodArguments = method.IsGenericMethod ? method.GetGenericArguments() : null;
        for (var i = 0; i < code.Length;)
        {
            var value = code[i] == 0xfe ? (short)((code[i] << 8) | code[i + 1]) : code[i];
            var opCode = OpCodesByValue[value];
            i += opCode.Size;
            if (opCode.OperandType is OperandType.InlineMethod or OperandType.InlineField
                or OperandType.InlineType or OperandType.InlineTok)
            {
                yield return method.Module.ResolveMember(BitConverter.ToInt32(code, i), typeArguments, methodArguments);
            }

            i += OperandLength(opCode.OperandType, code, i);
        }
    }

    private static int OperandLength(OperandType type, byte[] code, int at) => type switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
        _ => 4,
    };

    /// <summary>The type without its array and reference marks, and its generic arguments.</summary>
    private static IEnumerable<Type> Parts(Type? type) => type switch
    {
        null or { IsGenericParameter: true } or { IsFunctionPointer: true } => [],
        { HasElementType: true } => Parts(type.GetElementType()),
        { IsConstructedGenericType: true } =>
            [type.GetGenericTypeDefinition(), .. type.GetGenericArguments().SelectMany(Parts)],
        _ => [type],
    };

    private static Type Outermost(Type type)
    {
        while (type.DeclaringType is { } outer)
        {
            type = outer;
        }

        return type;
    }
}
