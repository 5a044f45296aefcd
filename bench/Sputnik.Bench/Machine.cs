namespace Sputnik.Bench;

/// <summary>Where numbers were taken and where they are kept: bench/results/&lt;cpu&gt;/.</summary>
internal static class Machine
{
    /// <summary>The processor by name, family and model, and how many it has.</summary>
    public static string Cpu => $"{Field("model name")} (family {Field("cpu family")}, model {Field("model")}), {Environment.ProcessorCount} CPUs";

    /// <summary>Runnable threads of everybody, averaged over the last minute: above a few, wall times mean little.</summary>
    public static string Load => File.ReadAllText("/proc/loadavg").Split(' ')[0];

    /// <summary>Writes a result file of this machine.</summary>
    public static void Save(string name, string text)
    {
        string cpu = $"{Field("model name")}-{Field("cpu family")}-{Field("model")}".ToLowerInvariant();
        string folder = Path.Combine("bench", "results", string.Concat(cpu.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')));
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, name), text);
        Console.WriteLine($"written to {Path.Combine(folder, name)}");
    }

    // Linux: "name<tab>: value" lines, the first processor first.
    private static string Field(string name) =>
        File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.Split(':')[0].Trim() == name)?.Split(':', 2)[1].Trim() ?? "unknown";
}
