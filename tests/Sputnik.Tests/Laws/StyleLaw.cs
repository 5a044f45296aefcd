using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Sputnik.Tests.Laws;

/// <summary>What docs/style.md asks and a machine can see.</summary>
public sealed partial class StyleLaw
{
    private static readonly string[] EmptyWords = ["Manager", "Helper", "Helpers", "Util", "Utils", "Base", "Impl", "Info"];

    public static TheoryData<string> Rooms => [.. Repository.Rooms];

    [Theory]
    [MemberData(nameof(Rooms))]
    public void Every_class_is_sealed(string room)
    {
        IEnumerable<string> open = Types(room).Where(type => type.IsClass && !type.IsSealed).Select(type => type.Name);

        Assert.Empty(open);
    }

    [Theory]
    [MemberData(nameof(Rooms))]
    public void No_static_field_can_change(string room)
    {
        IEnumerable<string> mutable = Types(room)
            .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(field => !field.IsInitOnly && !field.IsLiteral && !field.IsDefined(typeof(CompilerGeneratedAttribute)))
            .Select(field => $"{field.DeclaringType!.Name}.{field.Name}");

        Assert.Empty(mutable);
    }

    [Theory]
    [MemberData(nameof(Rooms))]
    public void No_type_is_named_after_nothing(string room)
    {
        IEnumerable<string> empty = Types(room).Select(type => type.Name.Split('`')[0]).Where(name => EmptyWords.Any(word => name.EndsWith(word, StringComparison.Ordinal)));

        Assert.Empty(empty);
    }

    [Fact]
    public void No_error_is_swallowed()
    {
        IEnumerable<string> files = Repository.Sources("src").Where(path => Swallowed().IsMatch(string.Join('\n', Repository.Lines(path))));

        Assert.Empty(files);
    }

    [Fact]
    public void No_null_is_waved_through_and_nothing_is_left_for_later()
    {
        IEnumerable<string> lines =
            from path in Repository.Sources("src")
            from line in Repository.Lines(path).Index()
            where WavedThrough().IsMatch(line.Item) || Later().IsMatch(line.Item)
            select $"{path}({line.Index + 1}): {line.Item.Trim()}";

        Assert.Empty(lines);
    }

    private static IEnumerable<Type> Types(string room) =>
        from type in Assembly.LoadFrom(Repository.Assembly(room)).GetTypes()
        where !type.Name.Contains('<', StringComparison.Ordinal) && !type.IsDefined(typeof(CompilerGeneratedAttribute)) && !Generated(type)
        select type;

    // The serializer's generator writes into our assemblies.
    private static bool Generated(Type type) =>
        type.IsDefined(typeof(System.CodeDom.Compiler.GeneratedCodeAttribute)) || (type.DeclaringType is { } outer && Generated(outer));

    [GeneratedRegex(@"\bcatch\b[^{}]*\{\s*\}")]
    private static partial Regex Swallowed();

    /// <summary>The null-forgiving mark: an exclamation mark behind a value and before what uses it.</summary>
    [GeneratedRegex(@"^(?!\s*//)[^""]*[\w\)\]]!(?:[.;,\)\[]|$)")]
    private static partial Regex WavedThrough();

    [GeneratedRegex(@"\b(?:TODO|FIXME|HACK|XXX)\b|NotImplementedException")]
    private static partial Regex Later();
}
