using System.Runtime.InteropServices;
using Sputnik.Tests.Laws;

namespace Sputnik.Tests.Models;

/// <summary>Where the goldens lie that are not part of this repository.</summary>
internal static class GoldenFolder
{
    /// <summary>The models' folder, which may not be there.</summary>
    public static string Models { get; } = Path.Combine(Repository.Root, "..", "shared", "golden", "models");

    /// <summary>A file of little-endian float32.</summary>
    public static float[] Floats(string path) => MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(path)).ToArray();
}
