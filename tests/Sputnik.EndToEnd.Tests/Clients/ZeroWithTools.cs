using System.Text.Json.Nodes;

namespace Sputnik.EndToEnd.Tests;

/// <summary>
/// The small model with functions: its 320 positions are too few for the description of one, and its template knows none.
/// Rotary positions have no end, so a copy is told of more, and given a template that tells of functions; all else is
/// rendered as before.
/// </summary>
internal static class ZeroWithTools
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
        File.Copy(Repository.File("tests/contract/chat_template.jinja"), Path.Combine(copy, "chat_template.jinja"));
        return copy;
    }
}
