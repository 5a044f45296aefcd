namespace Sputnik.Server;

/// <summary>Labels of Prometheus' text format.</summary>
internal static class Labels
{
    /// <summary>One label; its value may be any text.</summary>
    public static string One(string name, string value) =>
        $"{name}=\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)}\"";

    /// <summary>Those that are not empty, as a line has them; nothing where all are.</summary>
    public static string Of(params string[] labels) =>
        labels.Any(label => label.Length > 0) ? $"{{{string.Join(',', labels.Where(label => label.Length > 0))}}}" : "";
}
