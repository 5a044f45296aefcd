using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Sputnik.Tests.Laws;

/// <summary>Nothing grows past what a reader holds in the head (docs/style.md).</summary>
public sealed partial class LengthLaw
{
    private const int FileLines = 400;
    private const int MethodLines = 40;
    private const int KernelLines = 80;
    private const int Parameters = 7;
    private const int FilesInAFolder = 20;

    /// <summary>Files that may be longer, each with its reason.</summary>
    private static readonly Dictionary<string, string> LongFiles = [];

    /// <summary>Members that may be longer or take more, as Type.Member, each with its reason.</summary>
    private static readonly Dictionary<string, string> LargeMembers = new()
    {
        ["Ops.Attention"] = "three inputs, where they stand (batch, cache, layer) and the two numbers of the formula: a bag for them would be read nowhere else",
    };

    public static TheoryData<string> Rooms => [.. Repository.Rooms];

    [Fact]
    public void No_file_is_longer_than_400_lines()
    {
        IEnumerable<string> tooLong =
            from path in Repository.Sources("src", "tests", "bench")
            let lines = Repository.Lines(path).Length
            where lines > FileLines && !LongFiles.ContainsKey(path)
            select $"{path}: {lines} lines";

        Assert.Empty(tooLong);
    }

    [Fact]
    public void No_method_is_longer_than_40_lines_nor_a_kernel_than_80()
    {
        IEnumerable<string> tooLong =
            from path in Repository.Sources("src")
            let limit = path.StartsWith("src/Sputnik.Tensors/Kernels/", StringComparison.Ordinal) ? KernelLines : MethodLines
            from member in Members.Of(Repository.Lines(path))
            where member.Lines > limit && !LargeMembers.ContainsKey($"{Path.GetFileNameWithoutExtension(path)}: {member.Header}")
            select $"{path}({member.Line}): {member.Lines} lines: {member.Header}";

        Assert.Empty(tooLong);
    }

    [Theory]
    [MemberData(nameof(Rooms))]
    public void No_method_takes_more_than_7_parameters(string room)
    {
        const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

        IEnumerable<string> tooMany =
            from type in Assembly.LoadFrom(Repository.Assembly(room)).GetTypes()
            where !type.Name.Contains('<', StringComparison.Ordinal) && !type.IsDefined(typeof(CompilerGeneratedAttribute))
            from method in type.GetMethods(Declared).Cast<MethodBase>().Concat(type.GetConstructors(Declared))
            where method.GetParameters().Length > Parameters && !method.IsDefined(typeof(CompilerGeneratedAttribute))
            let name = $"{type.Name}.{method.Name}"
            where !LargeMembers.ContainsKey(name)
            select $"{name}: {method.GetParameters().Length} parameters";

        Assert.Empty(tooMany);
    }

    [Fact]
    public void A_file_holds_one_public_type_and_bears_its_name()
    {
        IEnumerable<string> misnamed =
            from path in Repository.Sources("src")
            let types = Repository.Lines(path).Select(line => PublicType().Match(line)).Where(match => match.Success).Select(match => match.Groups[1].Value).ToArray()
            where types.Length > 1 || (types.Length == 1 && types[0] != Path.GetFileName(path).Split('.')[0])
            select $"{path}: {string.Join(", ", types)}";

        Assert.Empty(misnamed);
    }

    [Fact]
    public void A_folder_holds_at_most_20_files()
    {
        IEnumerable<string> crowded = Repository.Sources("src")
            .GroupBy(path => path[..path.LastIndexOf('/')])
            .Where(folder => folder.Count() > FilesInAFolder)
            .Select(folder => $"{folder.Key}: {folder.Count()} files");

        Assert.Empty(crowded);
    }

    [Fact]
    public void Every_exemption_is_still_needed()
    {
        IEnumerable<string> stale = LongFiles.Keys.Where(path => !File.Exists(Path.Combine(Repository.Root, path)) || Repository.Lines(path).Length <= FileLines);

        Assert.Empty(stale);
    }

    /// <summary>A public type declared at the margin; group 1 is its name.</summary>
    [GeneratedRegex(@"^public (?:(?:static|sealed|abstract|partial|readonly|unsafe|ref) )*(?:class|struct|record struct|record|interface|enum) (\w+)")]
    private static partial Regex PublicType();
}
