using System.Globalization;

namespace Sputnik.Bench;

/// <summary>What /metrics said at one moment.</summary>
internal sealed class MetricsPage(string text)
{
    private readonly Dictionary<string, double> _values = Parse(text);

    /// <summary>Sequences in the engine and requests before it.</summary>
    public double Held => this["sputnik_requests_running"] + this["sputnik_requests_waiting"];

    /// <summary>Requests the engine let go of because nobody waited.</summary>
    public double Cancelled => this["sputnik_cancelled_total{phase=\"queued\"}"] + this["sputnik_cancelled_total{phase=\"prefill\"}"] + this["sputnik_cancelled_total{phase=\"decode\"}"];

    /// <summary>Seconds of the last step.</summary>
    public double Step => this["sputnik_engine_step_seconds"];

    /// <summary>Pages that running sequences hold.</summary>
    public double Pages => this["sputnik_kv_cache_pages_used"];

    /// <summary>Resident bytes of the server.</summary>
    public double Memory => this["process_resident_memory_bytes"];

    /// <summary>The value of a name.</summary>
    public double this[string name] => _values.TryGetValue(name, out double value) ? value : throw new InvalidDataException($"/metrics has no '{name}': is this Sputnik's server?");

    private static Dictionary<string, double> Parse(string text)
    {
        Dictionary<string, double> values = [];
        foreach (string line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            int space = line.LastIndexOf(' ');
            if (line[0] != '#' && space > 0 && double.TryParse(line.AsSpan(space + 1), CultureInfo.InvariantCulture, out double value))
            {
                values[line[..space]] = value;
            }
        }

        return values;
    }
}
