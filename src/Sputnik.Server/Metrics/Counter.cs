using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace Sputnik.Server;

/// <summary>A number that only grows, one a value of a label. Values come from our own code, never from a request.</summary>
internal sealed class Counter(string name, string help, string? label = null)
{
    private readonly ConcurrentDictionary<string, long> _values = new(label is null ? [new("", 0)] : []);

    public void Add(long count, string value = "") => _values.AddOrUpdate(value, count, (_, old) => old + count);

    public void Write(StringBuilder text)
    {
        text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} counter\n");
        foreach ((string value, long count) in _values.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            string labels = label is null ? "" : $"{{{label}=\"{value}\"}}";
            text.Append(CultureInfo.InvariantCulture, $"{name}{labels} {count}\n");
        }
    }
}
