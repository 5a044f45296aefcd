using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace Sputnik.Server;

/// <summary>A number that only grows, one a value of a label. Values come from our own code, never from a request.</summary>
internal sealed class Counter(string name, string help, string? label = null)
{
    private readonly ConcurrentDictionary<string, long> _values = new(label is null ? [new("", 0)] : []);

    public void Add(long count, string value = "") => _values.AddOrUpdate(value, count, (_, old) => old + count);

    public void WriteHead(StringBuilder text) => text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} counter\n");

    /// <param name="text">Where to.</param>
    /// <param name="model">The label of the model that is counted; empty where there is one.</param>
    public void WriteLines(StringBuilder text, string model)
    {
        foreach ((string value, long count) in _values.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            string labels = Labels.Of(model, label is null ? "" : Labels.One(label, value));
            text.Append(CultureInfo.InvariantCulture, $"{name}{labels} {count}\n");
        }
    }
}
