using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Sputnik.Tests.Laws;

/// <summary>The public API of an assembly as text: types in order of name, their members below in order of spelling.</summary>
internal static class Face
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly NullabilityInfoContext Nulls = new();

    public static string Of(Assembly assembly)
    {
        IEnumerable<string> types = assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal).Select(Describe);
        return string.Join('\n', types);
    }

    private static string Describe(Type type)
    {
        IEnumerable<string> members = type.IsEnum
            ? Values(type)
            : Members(type).OrderBy(member => member.Name, StringComparer.Ordinal).ThenBy(member => member.Text, StringComparer.Ordinal).Select(member => member.Text);
        return string.Concat(members.Select(member => $"    {member}\n").Prepend(Header(type) + "\n"));
    }

    private static IEnumerable<(string Name, string Text)> Members(Type type)
    {
        IEnumerable<(string, string)> constructors = type.GetConstructors(Declared).Where(Written)
            .Select(constructor => ("", $"new({Parameters(constructor)})"));
        IEnumerable<(string, string)> fields = type.GetFields(Declared).Where(field => field.IsPublic)
            .Select(field => (field.Name, Field(field)));
        IEnumerable<(string, string)> properties = type.GetProperties(Declared)
            .Where(property => property.GetMethod is { } getter && Visible(getter) && property.Name != "EqualityContract")
            .Select(property => (property.Name, Property(property)));
        IEnumerable<(string, string)> events = type.GetEvents(Declared).Where(added => added.AddMethod is { IsPublic: true })
            .Select(added => (added.Name, $"event {FaceNames.Of(added.EventHandlerType!)} {added.Name}"));
        IEnumerable<(string, string)> methods = type.GetMethods(Declared)
            .Where(method => Written(method) && (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal)))
            .Select(method => (method.Name, Method(method)));
        return [.. constructors, .. fields, .. properties, .. events, .. methods];
    }

    private static string Header(Type type)
    {
        string kind = type switch
        {
            { IsEnum: true } => "enum",
            { IsInterface: true } => "interface",
            { IsValueType: true } => (type.IsDefined(typeof(IsReadOnlyAttribute)) ? "readonly " : "") + (type.IsByRefLike ? "ref struct" : "struct"),
            { IsAbstract: true, IsSealed: true } => "static class",
            _ => (type.IsAbstract ? "abstract " : type.IsSealed ? "sealed " : "") + (type.GetMethod("<Clone>$") is null ? "class" : "record"),
        };
        IEnumerable<string> above = type.GetInterfaces().Where(known => known.IsPublic || known.IsNestedPublic)
            .Where(known => !(known.IsGenericType && known.GetGenericTypeDefinition() == typeof(IEquatable<>)))
            .Select(FaceNames.Of).Order(StringComparer.Ordinal);
        if (type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType) && parent != typeof(Enum))
        {
            above = above.Prepend(FaceNames.Of(parent));
        }

        string tail = type.IsEnum ? "" : string.Join(", ", above);
        return $"{kind} {type.Namespace}.{FaceNames.Of(type)}{(tail.Length > 0 ? " : " : "")}{tail}";
    }

    private static IEnumerable<string> Values(Type type) =>
        Enum.GetNames(type).Select(name => $"{name} = {Convert.ToInt64(Enum.Parse(type, name), CultureInfo.InvariantCulture)}");

    private static string Field(FieldInfo field)
    {
        string kind = field.IsLiteral ? "const " : Static(field.IsStatic) + (field.IsInitOnly ? "readonly " : "");
        string value = field.IsLiteral ? $" = {Literal(field.GetRawConstantValue())}" : "";
        return $"{kind}{FaceNames.Of(field.FieldType, Nulls.Create(field))} {field.Name}{value}";
    }

    private static string Method(MethodInfo method)
    {
        string result = FaceNames.Of(method.ReturnType, Nulls.Create(method.ReturnParameter));
        return $"{Static(method.IsStatic)}{result} {method.Name}{FaceNames.Arguments(method.GetGenericArguments())}({Parameters(method)})";
    }

    private static string Property(PropertyInfo property)
    {
        string name = property.GetIndexParameters() is { Length: > 0 } index ? $"this[{FaceNames.Of(index[0].ParameterType)} {index[0].Name}]" : property.Name;
        bool writable = property.SetMethod is { } setter && Visible(setter);
        bool init = writable && property.SetMethod!.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));
        bool required = property.IsDefined(typeof(RequiredMemberAttribute));
        string access = init ? "get; init;" : writable ? "get; set;" : "get;";
        return $"{Static(property.GetMethod!.IsStatic)}{(required ? "required " : "")}{FaceNames.Of(property.PropertyType, Nulls.Create(property))} {name} {{ {access} }}";
    }

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter)
    {
        string way = parameter.IsOut ? "out " : parameter.IsIn ? "in " : parameter.ParameterType.IsByRef ? "ref " : "";
        string rest = parameter.IsDefined(typeof(ParamArrayAttribute)) || parameter.IsDefined(typeof(ParamCollectionAttribute)) ? "params " : "";
        string value = parameter.HasDefaultValue ? $" = {Literal(parameter.RawDefaultValue)}" : "";
        return $"{way}{rest}{FaceNames.Of(parameter.ParameterType, Nulls.Create(parameter))} {parameter.Name}{value}";
    }

    private static string Literal(object? value) => value switch
    {
        null => "default",
        bool flag => flag ? "true" : "false",
        string text => $"\"{text}\"",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Static(bool isStatic) => isStatic ? "static " : "";

    private static bool Visible(MethodBase method) =>
        method.IsPublic || ((method.IsFamily || method.IsFamilyOrAssembly) && !method.DeclaringType!.IsSealed);

    /// <summary>Visible from outside, and spelled by someone: what a record brings by itself is not part of its face.</summary>
    private static bool Written(MethodBase method) => Visible(method) && !method.IsDefined(typeof(CompilerGeneratedAttribute));
}
