namespace Sputnik.Bench;

/// <summary>A tensor of a made model.</summary>
/// <param name="Name">As GGUF files call it.</param>
/// <param name="Dimensions">Sizes, the contiguous one first.</param>
/// <param name="IsFine">Mixed types keep it finer than others.</param>
internal sealed record MadeTensor(string Name, IReadOnlyList<long> Dimensions, bool IsFine = false)
{
    /// <summary>The head, or an embedding that is one.</summary>
    public bool IsHead => Name is "output.weight" or "token_embd.weight";
}
