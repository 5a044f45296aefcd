using System.Text.Json;

namespace Sputnik.Server;

/// <summary>
/// Folders of training runs, read as they are written: run.json, metrics.jsonl, rollouts.jsonl, summary.json. A run is named
/// by the list of its folder only, so that no path of a request ever reaches the disk.
/// </summary>
internal sealed class RunFiles(string root)
{
    // What a browser draws: more points than a screen has columns show nothing more.
    private const int Points = 2000;
    private const int Samples = 200;

    // A line that is still being written, or one of a file that is no log, ends the reading; longer than this is none of ours.
    private const int LineCharacters = 1 << 20;

    /// <summary>Every run, newest first.</summary>
    public IReadOnlyList<string> Names() => !Directory.Exists(root)
        ? []
        : [.. Directory.GetDirectories(root).Where(folder => File.Exists(Path.Combine(folder, "run.json"))).OrderByDescending(folder => File.GetCreationTimeUtc(Path.Combine(folder, "run.json"))).Select(folder => Path.GetFileName(folder))];

    public DateTimeOffset Started(string name) => new(File.GetCreationTimeUtc(In(name, "run.json")), TimeSpan.Zero);

    /// <summary>finished, or interrupted where the last part ended before; running without either; unreadable where the summary is damaged.</summary>
    public string State(string name)
    {
        string summary = In(name, "summary.json");
        if (!File.Exists(summary))
        {
            return "running";
        }

        return Parsed(File.ReadAllText(summary)) is not { ValueKind: JsonValueKind.Object } ended
            ? "unreadable"
            : ended.TryGetProperty("finished", out JsonElement finished) && finished.ValueKind == JsonValueKind.True ? "finished" : "interrupted";
    }

    /// <summary>The stages its metrics speak of, in order.</summary>
    public IReadOnlyList<string> Stages(string name) => [.. Lines(name, "metrics.jsonl").Select(line => StringFields.Find(line, "stage")).OfType<string>().Distinct()];

    /// <summary>Every number of the metrics as stage.name, by the step of the whole run; thinned evenly where there are many.</summary>
    public IReadOnlyDictionary<string, List<(int Step, double Value)>> Series(string name)
    {
        SortedDictionary<string, List<(int Step, double Value)>> series = new(StringComparer.Ordinal);
        int step = 0;
        foreach (JsonElement line in Lines(name, "metrics.jsonl"))
        {
            step++;
            string stage = StringFields.Find(line, "stage") ?? "run";
            foreach (JsonProperty property in line.EnumerateObject().Where(property => property.Value.ValueKind == JsonValueKind.Number && property.Name is not ("step" or "steps")))
            {
                string key = $"{stage}.{property.Name}";
                if (!series.TryGetValue(key, out List<(int Step, double Value)>? points))
                {
                    series[key] = points = [];
                }

                points.Add((step, property.Value.GetDouble()));
            }
        }

        return series.ToDictionary(pair => pair.Key, pair => Thinned(pair.Value), StringComparer.Ordinal);
    }

    /// <summary>The newest samples, newest first.</summary>
    public IReadOnlyList<JsonElement> Rollouts(string name) => [.. Lines(name, "rollouts.jsonl").TakeLast(Samples).Reverse()];

    /// <summary>The run of a name.</summary>
    /// <exception cref="ApiException">There is none.</exception>
    public string Find(string name) => Names().Contains(name, StringComparer.Ordinal)
        ? name
        : throw new ApiException(new(404, "run_not_found", "There is no run of that name."));

    private static List<(int Step, double Value)> Thinned(List<(int Step, double Value)> points)
    {
        int every = (points.Count + Points - 1) / Points;
        return every <= 1 ? points : [.. points.Where((_, index) => index % every == 0 || index == points.Count - 1)];
    }

    private string In(string name, string file) => Path.Combine(root, name, file);

    private IEnumerable<JsonElement> Lines(string name, string file)
    {
        string path = In(name, file);
        if (!File.Exists(path))
        {
            yield break;
        }

        // The trainer has it open for writing.
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > LineCharacters || Parsed(line) is not { ValueKind: JsonValueKind.Object } element)
            {
                yield break;
            }

            yield return element;
        }
    }

    private static JsonElement? Parsed(string text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
