using System.Globalization;
using System.Security.Cryptography;
using Sputnik.Generation;

namespace Sputnik.Server;

/// <summary>What a request says of sampling, in any dialect; null = the model's own wish.</summary>
internal sealed record DrawWishes
{
    public float? Temperature { get; init; }

    public float? TopP { get; init; }

    public int? TopK { get; init; }

    public float? MinP { get; init; }

    public float? TypicalP { get; init; }

    public float? RepeatPenalty { get; init; }

    public int? RepeatLast { get; init; }

    public float? PresencePenalty { get; init; }

    public float? FrequencyPenalty { get; init; }

    public long? Seed { get; init; }

    public IReadOnlyDictionary<string, float>? LogitBias { get; init; }

    /// <summary>
    /// The settings. Without a seed one is drawn, so that asking again gives another answer; it is reported, so that this
    /// answer can be had again. It stays below 2⁵³, where JavaScript's numbers end.
    /// </summary>
    public DrawSettings ToSettings(ServedModel model, ServerOptions limits)
    {
        DrawSettings settings = model.Responder.Loaded.Generation.ToDraw();
        return settings with
        {
            Temperature = Within("temperature", Temperature, 0, 2) ?? settings.Temperature,
            TopP = Within("top_p", TopP, float.Epsilon, 1) ?? settings.TopP,
            TopK = TopK switch { null => settings.TopK, -1 => 0, < 0 => throw ApiException.Invalid("top_k", $"top_k must be from 0, or -1 for all, got {TopK}."), _ => TopK.Value },
            MinP = Within("min_p", MinP, 0, 1) ?? settings.MinP,
            TypicalP = Within("typical_p", TypicalP, float.Epsilon, 1) ?? settings.TypicalP,
            RepetitionPenalty = Within("repeat_penalty", RepeatPenalty, 0.01f, 100) ?? settings.RepetitionPenalty,
            RepeatLast = RepeatLast switch { null => settings.RepeatLast, -1 => model.ContextTokens, < 0 => throw ApiException.Invalid("repeat_last_n", $"repeat_last_n must be from 0, or -1 for the context, got {RepeatLast}."), _ => RepeatLast.Value },
            PresencePenalty = Within("presence_penalty", PresencePenalty, -2, 2) ?? 0,
            FrequencyPenalty = Within("frequency_penalty", FrequencyPenalty, -2, 2) ?? 0,
            Seed = Seed is long seed and not -1 ? unchecked((ulong)seed) : Drawn(),
            LogitBias = Biases(model, limits) ?? settings.LogitBias,
        };
    }

    private static ulong Drawn() => BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong))) >> 11;

    private Dictionary<int, float>? Biases(ServedModel model, ServerOptions limits)
    {
        if (LogitBias is null)
        {
            return null;
        }

        if (LogitBias.Count > limits.LogitBiases)
        {
            throw ApiException.Invalid("logit_bias", $"logit_bias may have {limits.LogitBiases} entries, got {LogitBias.Count}.");
        }

        Dictionary<int, float> biases = [];
        foreach ((string name, float bias) in LogitBias)
        {
            if (!int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int token) || token >= model.Responder.Loaded.Tokenizer.VocabularySize)
            {
                throw ApiException.Invalid("logit_bias", $"logit_bias names tokens from 0 to {model.Responder.Loaded.Tokenizer.VocabularySize - 1}; one of its names is none.");
            }

            biases[token] = Within("logit_bias", bias, -100, 100) ?? 0;
        }

        return biases;
    }

    private static float? Within(string param, float? value, float least, float most) => value is not float given || (given >= least && given <= most)
        ? value
        : throw ApiException.Invalid(param, string.Create(CultureInfo.InvariantCulture, $"{param} must be from {(least == float.Epsilon ? "above 0" : least)} to {most}, got {given}."));
}
