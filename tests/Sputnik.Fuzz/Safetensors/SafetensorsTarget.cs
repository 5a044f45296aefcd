using Sputnik.Tensors;

namespace Sputnik.Fuzz;

internal sealed class SafetensorsTarget : IFuzzTarget
{
    public string Name => "safetensors";

    public long MostManaged(long fileBytes) => (64 * fileBytes) + (16L << 20);

    public FuzzCase Make(ref CounterRandom random) => throw new NotSupportedException();

    public void Use(string folder) => throw new NotSupportedException();

    public bool Refuses(Exception error) => error is InvalidDataException or NotSupportedException or FileNotFoundException;
}
