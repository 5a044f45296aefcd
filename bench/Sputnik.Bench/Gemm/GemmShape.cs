namespace Sputnik.Bench;

/// <summary>One layer's product.</summary>
/// <param name="Use">Where it comes from.</param>
/// <param name="Rows">Tokens.</param>
/// <param name="Out">Features it produces.</param>
/// <param name="In">Features it takes.</param>
internal sealed record GemmShape(string Use, int Rows, int Out, int In)
{
    /// <summary>Multiplications and additions of any of the three products.</summary>
    public double Flops => 2.0 * Rows * Out * In;

    /// <summary>Use and sizes, as the table names them.</summary>
    public override string ToString() => $"{Use} | {Rows} x {Out} x {In}";

    /// <summary>The shapes our models multiply: training batches, the head, experts, decoding alone and in batches.</summary>
    public static IReadOnlyList<GemmShape> All { get; } =
    [
        new("train", 512, 128, 128),
        new("train", 2048, 128, 128),
        new("train", 4096, 256, 256),
        new("train", 4096, 512, 256),
        new("train", 4096, 256, 1024),
        new("train", 2048, 512, 512),
        new("head", 1024, 309, 128),
        new("expert", 50, 64, 128),
        new("expert", 200, 128, 64),
        new("expert", 500, 96, 96),
        new("decode", 1, 256, 256),
        new("decode", 4, 256, 256),
        new("decode", 32, 256, 256),
        new("decode", 128, 512, 256),
    ];
}
