using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;

namespace Sputnik.Tests.Laws;

/// <summary>A room uses only what stands below it (docs/map.md). Held twice: as declared in the project files, and as compiled.</summary>
public sealed class DirectionLaw
{
    /// <summary>Who may use whom. Tasks may use Tensors for one type: docs/adr/0005.</summary>
    private static readonly Dictionary<string, string[]> Arrows = new()
    {
        ["Sputnik.Tensors"] = [],
        ["Sputnik.Text"] = [],
        ["Sputnik.Models"] = ["Sputnik.Tensors"],
        ["Sputnik.Tasks"] = ["Sputnik.Text", "Sputnik.Tensors"],
        ["Sputnik.Generation"] = ["Sputnik.Models", "Sputnik.Tensors", "Sputnik.Text"],
        ["Sputnik.Chat"] = ["Sputnik.Generation", "Sputnik.Models", "Sputnik.Tensors", "Sputnik.Text"],
        ["Sputnik.Training"] = ["Sputnik.Generation", "Sputnik.Tasks", "Sputnik.Models", "Sputnik.Tensors", "Sputnik.Text"],
        ["Sputnik.Server"] = ["Sputnik.Generation", "Sputnik.Text"],
        ["Sputnik.Cli"] =
        [
            "Sputnik.Server", "Sputnik.Training", "Sputnik.Generation", "Sputnik.Tasks", "Sputnik.Models", "Sputnik.Tensors", "Sputnik.Text",
        ],
    };

    /// <summary>Who may use which package or framework beyond the base one: docs/adr/0006, 0021 and 0022.</summary>
    private static readonly Dictionary<string, string[]> Packages = new()
    {
        ["Sputnik.Chat"] = ["Microsoft.Extensions.AI.Abstractions"],
        ["Sputnik.Server"] = ["Microsoft.AspNetCore.App", "Microsoft.Data.Sqlite"],
        ["Sputnik.Cli"] = ["System.CommandLine", "Spectre.Console"],
    };

    public static TheoryData<string> Rooms => [.. Repository.Rooms];

    [Theory]
    [MemberData(nameof(Rooms))]
    public void A_room_declares_only_rooms_below_it(string room)
    {
        IEnumerable<string> declared = Items(room, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path));

        Assert.Subset(new HashSet<string>(Allowed(room)), new HashSet<string>(declared));
    }

    [Theory]
    [MemberData(nameof(Rooms))]
    public void A_room_is_compiled_only_against_rooms_below_it(string room)
    {
        IEnumerable<string> used = References(room).Select(reference => reference.Assembly).Where(name => name.StartsWith("Sputnik.", StringComparison.Ordinal));

        Assert.Subset(new HashSet<string>(Allowed(room)), new HashSet<string>(used));
    }

    [Theory]
    [MemberData(nameof(Rooms))]
    public void A_room_takes_only_the_packages_it_was_granted(string room)
    {
        IEnumerable<string> taken = Items(room, "PackageReference").Concat(Items(room, "FrameworkReference"));

        Assert.Subset(new HashSet<string>(Packages.GetValueOrDefault(room) ?? []), new HashSet<string>(taken));
    }

    [Fact]
    public void Tasks_takes_nothing_from_Tensors_but_the_random_numbers()
    {
        IEnumerable<string> used = References("Sputnik.Tasks").Where(reference => reference.Assembly == "Sputnik.Tensors").Select(reference => reference.Type);

        Assert.Subset(new HashSet<string>(["CounterRandom"]), new HashSet<string>(used));
    }

    [Theory]
    [MemberData(nameof(Rooms))]
    public void Only_Tensors_may_write_unsafe_code(string room)
    {
        bool allowed = Project(room).Descendants("AllowUnsafeBlocks").Any(element => element.Value == "true");

        Assert.Equal(room == "Sputnik.Tensors", allowed);
    }

    [Theory]
    [MemberData(nameof(Rooms))]
    public void Only_the_command_line_is_a_program(string room)
    {
        bool program = Project(room).Descendants("OutputType").Any(element => element.Value == "Exe");

        Assert.Equal(room == "Sputnik.Cli", program);
    }

    private static string[] Allowed(string room) =>
        Arrows.GetValueOrDefault(room) ?? throw new InvalidOperationException($"'{room}' has no row in the table of arrows: a new room needs an ADR.");

    private static XDocument Project(string room) => XDocument.Load(Path.Combine(Repository.Root, "src", room, room + ".csproj"));

    private static IEnumerable<string> Items(string room, string kind) =>
        Project(room).Descendants(kind).Select(element => (string)element.Attribute("Include")!);

    /// <summary>Every type a room's assembly names from another assembly.</summary>
    private static List<(string Assembly, string Type)> References(string room)
    {
        using PEReader file = new(File.OpenRead(Repository.Assembly(room)));
        MetadataReader metadata = file.GetMetadataReader();
        List<(string, string)> references = [];
        foreach (TypeReferenceHandle handle in metadata.TypeReferences)
        {
            TypeReference type = metadata.GetTypeReference(handle);
            if (type.ResolutionScope.Kind == HandleKind.AssemblyReference)
            {
                AssemblyReference assembly = metadata.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope);
                references.Add((metadata.GetString(assembly.Name), metadata.GetString(type.Name)));
            }
        }

        return references;
    }
}
