using System.Reflection;

namespace Sputnik.Tests.Laws;

/// <summary>Type names as C# spells them.</summary>
internal static class FaceNames
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(char)] = "char",
        [typeof(short)] = "short",
        [typeof(ushort)] = "ushort",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(string)] = "string",
        [typeof(object)] = "object",
    };

    public static string Of(Type type, NullabilityInfo nulls)
    {
        bool absent = nulls.ReadState == NullabilityState.Nullable && Nullable.GetUnderlyingType(type) is null;
        return Of(type) + (absent ? "?" : "");
    }

    public static string Of(Type type)
    {
        if (Keywords.TryGetValue(type, out string? keyword))
        {
            return keyword;
        }

        if (type.HasElementType)
        {
            string element = Of(type.GetElementType()!);
            return type.IsArray ? element + "[]" : type.IsPointer ? element + "*" : element;
        }

        if (Nullable.GetUnderlyingType(type) is { } value)
        {
            return Of(value) + "?";
        }

        string name = type.Name.Split('`')[0];
        string outer = type.IsNested && !type.IsGenericParameter ? Of(type.DeclaringType!) + "." : "";
        return outer + name + Arguments(type.GetGenericArguments());
    }

    public static string Arguments(Type[] types) => types.Length == 0 ? "" : $"<{string.Join(", ", types.Select(Of))}>";
}
