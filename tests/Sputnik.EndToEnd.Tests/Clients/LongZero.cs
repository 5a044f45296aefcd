using System.Text.Json.Nodes;

namespace Sputnik.EndToEnd.Tests;

/// <summary>
/// The small model with room for the description of a function, which its own 320 positions are too few for. Rotary positions
/// have no end, so a copy is told of more; what it says beyond those it was trained on is not looked at.
/// </summary>
internal static class LongZero
{
    public const int ContextTokens = 4096;

    /// <summary>Puts it into a folder, and returns where.</summary>
    public static string In(TemporaryFolder folder)
    {
        string copy = Directory.CreateDirectory(folder.In("sputnik-zero")).FullName;
        foreach (string file in Directory.GetFiles(Repository.File("models/sputnik-zero")))
        {
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        }

        string path = Path.Combine(copy, "config.json");
        JsonNode config = JsonNode.Parse(File.ReadAllText(path))!;
        config["max_position_embeddings"] = ContextTokens;
        File.WriteAllText(path, config.ToJsonString());
        return copy;
    }
}
