using Sputnik.Tensors;

namespace Sputnik.Models;

/// <summary>
/// A decoder: tokens in, hidden states out. Written once; rollouts run it without a tape, the trainer with one, and the
/// value of a row is the same to the bit.
/// </summary>
public interface ILanguageModel : IDisposable
{
    /// <summary>Family, as config.json's model_type says it: qwen3, deepseek_v3.</summary>
    string Architecture { get; }

    /// <summary>Rows of the embedding and of the head.</summary>
    int VocabularySize { get; }

    /// <summary>Positions it can stand at.</summary>
    int MaxLength { get; }

    /// <summary>What one token leaves in the cache.</summary>
    KvShape KvShape { get; }

    /// <summary>Every parameter, in the order of the model file.</summary>
    IReadOnlyList<Weight> Weights { get; }

    /// <summary>What each parameter is, beside <see cref="Weights"/>: an optimizer chooses by the role.</summary>
    IReadOnlyList<WeightDeclaration> Declarations { get; }

    /// <summary>Output projection [vocabulary, hidden]; the embedding itself where the two are tied.</summary>
    Weight Head { get; }

    /// <summary>The router of every mixture layer, in layer order; empty for a dense model.</summary>
    IReadOnlyList<Router> Routers { get; }

    /// <summary>Parameters in all.</summary>
    long Parameters { get; }

    /// <summary>Parameters a token meets, the input embedding counted whole.</summary>
    long ActiveParameters { get; }

    /// <summary>
    /// When a tape records, keep only each block's output and run the block again on the way back: less memory, the same
    /// bits. The cache must then hold the batch's sequences until the backward pass has ended.
    /// </summary>
    bool RecomputeBlocks { get; set; }

    /// <summary>Hidden states after the last norm; logits are <c>op.Linear(hidden, Head)</c>.  tokens → [rows, hidden]</summary>
    Tensor Hidden(Ops op, Batch batch, KvCache kv);
}
