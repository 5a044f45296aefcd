using System.Runtime.InteropServices;
using Sputnik.Tensors;

namespace Sputnik.Models;

/// <summary>Writes float32 weights as a safetensors file.</summary>
public static class SafetensorsWriter
{
    private const int PartFloats = 1 << 20;

    /// <summary>Header, then every weight in the order given.</summary>
    public static void Write(Stream stream, IReadOnlyList<Weight> weights, IReadOnlyList<WeightDeclaration> declarations)
    {
        ArgumentNullException.ThrowIfNull(stream);
        SafetensorsHeaderWriter.Write(stream, declarations.Select(d => (d.Name, WeightFormat.F32.Name(), (IReadOnlyList<long>)d.FileShape, d.Count * sizeof(float))));
        foreach (Weight weight in weights)
        {
            for (Span<float> rest = weight.Values; rest.Length > 0; rest = rest[Math.Min(PartFloats, rest.Length)..])
            {
                stream.Write(MemoryMarshal.AsBytes(rest[..Math.Min(PartFloats, rest.Length)]));
            }
        }
    }
}
