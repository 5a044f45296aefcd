namespace Sputnik.Models;

/// <summary>One tensor of a safetensors file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Element type as the file spells it: F32, BF16, …</param>
/// <param name="Shape">Dimensions, the last one contiguous.</param>
/// <param name="Offset">First byte, from the start of the file.</param>
/// <param name="Bytes">Bytes it takes.</param>
public sealed record SafetensorsEntry(string Name, string Type, IReadOnlyList<long> Shape, long Offset, long Bytes);
