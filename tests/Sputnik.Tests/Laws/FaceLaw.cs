using System.Reflection;

namespace Sputnik.Tests.Laws;

/// <summary>A room's public API changes only together with its text in Faces, so that a review sees it.</summary>
public sealed class FaceLaw
{
    /// <summary>Set to 1, a run writes the faces anew and fails once, so that nobody leaves it on.</summary>
    private const string WriteSwitch = "SPUTNIK_WRITE_FACES";

    public static TheoryData<string> Rooms => [.. Repository.Rooms];

    [Theory]
    [MemberData(nameof(Rooms))]
    public void The_public_API_is_what_its_text_says(string room)
    {
        string path = Path.Combine(Repository.Root, "tests", "Sputnik.Tests", "Laws", "Faces", room + ".txt");
        string face = Face.Of(Assembly.LoadFrom(Repository.Assembly(room)));
        string known = File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : "";

        bool write = Environment.GetEnvironmentVariable(WriteSwitch) == "1";
        if (write)
        {
            File.WriteAllText(path, face);
        }

        Assert.True(face == known, $"{room}: {Difference(known, face)} Meant so? {WriteSwitch}=1 writes it (docs/laws.md).");
    }

    private static string Difference(string known, string face)
    {
        string[] gone = [.. known.Split('\n').Except(face.Split('\n'))];
        string[] added = [.. face.Split('\n').Except(known.Split('\n'))];
        return $"gone [{string.Join(" | ", gone)}], new [{string.Join(" | ", added)}].";
    }
}
