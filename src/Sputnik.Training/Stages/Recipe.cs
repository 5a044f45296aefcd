using Sputnik.Models;
using Sputnik.Tasks;

namespace Sputnik.Training;

/// <summary>Everything that decides what a run computes. A recipe.json maps onto it one to one; an unknown key is an error.</summary>
public sealed record Recipe
{
    /// <summary>Name, for run folders and model cards.</summary>
    public required string Name { get; init; }

    /// <summary>The seed of every random stream of the run.</summary>
    public ulong Seed { get; init; }

    /// <summary>Documents the tokenizer's merges are counted on.</summary>
    public int TokenizerDocuments { get; init; } = 4000;

    /// <summary>Shape of the model. Its vocabulary is the most the tokenizer may have; merges may run out earlier.</summary>
    public required DeepSeekV3Config Model { get; init; }

    /// <summary>How often each family of problems is drawn.</summary>
    public FamilyMix Problems { get; init; } = new();

    /// <summary>Documents the base model reads.</summary>
    public CorpusSettings Corpus { get; init; } = new();

    /// <summary>How the base model is trained.</summary>
    public PretrainSettings Pretrain { get; init; } = new();

    /// <summary>R1-Zero: reinforcement learning on the base model.</summary>
    public ZeroSettings Zero { get; init; } = new();

    /// <summary>How the model is judged on the way and at the end.</summary>
    public EvaluationSettings Evaluation { get; init; } = new();

    /// <summary>Steps between two checkpoints.</summary>
    public int CheckpointEvery { get; init; } = 200;

    /// <summary>Returns itself, or says which value cannot be.</summary>
    public Recipe Validate()
    {
        if (string.IsNullOrWhiteSpace(Name))
        {
            throw new ArgumentException("name is empty; a recipe needs one.");
        }

        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(CheckpointEvery);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(TokenizerDocuments);
        Model.Validate();
        Problems.Validate();
        Corpus.Validate();
        Pretrain.Validate();
        Zero.Validate();
        Evaluation.Validate();
        return this;
    }
}
