namespace Sputnik.Generation;

/// <summary>How a served token is drawn. Filters apply in the order of the properties, as llama.cpp's default chain does.</summary>
public sealed record DrawSettings
{
    /// <summary>Added to a token's logit, −100 to 100 (OpenAI's logit_bias).</summary>
    public IReadOnlyDictionary<int, float> LogitBias { get; init; } = new Dictionary<int, float>();

    /// <summary>Divides positive and multiplies negative logits of tokens among the last <see cref="RepeatLast"/>; 1 = off.</summary>
    public float RepetitionPenalty { get; init; } = 1;

    /// <summary>Tokens that <see cref="RepetitionPenalty"/> looks back on, prompt included. 64 is Ollama's and llama.cpp's repeat_last_n.</summary>
    public int RepeatLast { get; init; } = 64;

    /// <summary>Taken off the logit of every token that was drawn before, −2 to 2.</summary>
    public float PresencePenalty { get; init; }

    /// <summary>Taken off the logit once for each time a token was drawn before, −2 to 2.</summary>
    public float FrequencyPenalty { get; init; }

    /// <summary>Keeps the k most likely tokens; 0 = all.</summary>
    public int TopK { get; init; }

    /// <summary>Keeps the tokens nearest to the entropy until their mass reaches this; 1 = all (Meister et al. 2022).</summary>
    public float TypicalP { get; init; } = 1;

    /// <summary>Keeps the most likely tokens until their mass reaches this; 1 = all. R1 was published with 0.95.</summary>
    public float TopP { get; init; } = 1;

    /// <summary>Keeps tokens at least this likely relative to the best; 0 = all.</summary>
    public float MinP { get; init; }

    /// <summary>Divides the logits; 0 takes the most likely token.</summary>
    public float Temperature { get; init; } = 1;

    /// <summary>The same seed, prompt, settings and weights give the same answer to the bit.</summary>
    public ulong Seed { get; init; }

    /// <summary>Returns itself, or says which value cannot be.</summary>
    public DrawSettings Validate()
    {
        Require(float.IsFinite(Temperature) && Temperature >= 0, nameof(Temperature), Temperature, "a finite number from 0");
        Require(TopP is > 0 and <= 1, nameof(TopP), TopP, "above 0 and at most 1");
        Require(TypicalP is > 0 and <= 1, nameof(TypicalP), TypicalP, "above 0 and at most 1");
        Require(MinP is >= 0 and <= 1, nameof(MinP), MinP, "from 0 to 1");
        Require(TopK >= 0, nameof(TopK), TopK, "from 0");
        Require(RepeatLast >= 0, nameof(RepeatLast), RepeatLast, "from 0");
        Require(float.IsFinite(RepetitionPenalty) && RepetitionPenalty > 0, nameof(RepetitionPenalty), RepetitionPenalty, "above 0");
        Require(PresencePenalty is >= -2 and <= 2, nameof(PresencePenalty), PresencePenalty, "from -2 to 2");
        Require(FrequencyPenalty is >= -2 and <= 2, nameof(FrequencyPenalty), FrequencyPenalty, "from -2 to 2");
        Require(LogitBias.Values.All(bias => bias is >= -100 and <= 100), nameof(LogitBias), LogitBias.Count, "entries from -100 to 100");
        return this;
    }

    private static void Require(bool holds, string name, float value, string range)
    {
        if (!holds)
        {
            throw new ArgumentException($"{name} must be {range}, got {value}.");
        }
    }
}
