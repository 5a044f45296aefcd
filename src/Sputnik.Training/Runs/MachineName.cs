using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Sputnik.Training;

/// <summary>This machine in words: processor, cores, vectors, system, runtime.</summary>
public static class MachineName
{
    private const string ProcessorFile = "/proc/cpuinfo";

    /// <summary>The words.</summary>
    public static string Current { get; } = string.Join(", ", Processor(), $"{Environment.ProcessorCount} cores", Vectors(),
        RuntimeInformation.OSDescription, RuntimeInformation.FrameworkDescription);

    private static string Processor()
    {
        string? line = File.Exists(ProcessorFile)
            ? File.ReadLines(ProcessorFile).FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))
            : null;
        return line?[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }

    private static string Vectors() =>
        Vector512.IsHardwareAccelerated ? "512-bit vectors" : Vector256.IsHardwareAccelerated ? "256-bit vectors" : "128-bit vectors";
}
