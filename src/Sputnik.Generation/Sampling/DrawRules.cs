namespace Sputnik.Generation;

/// <summary>The settings of a request as its draws read them: checked once, then walked through without an enumerator.</summary>
internal sealed class DrawRules
{
    private readonly (int Token, float Bias)[] _bias;

    /// <summary>Checks the settings against a vocabulary.</summary>
    public DrawRules(DrawSettings settings, int vocabularySize)
    {
        Settings = settings.Validate();
        _bias = [.. settings.LogitBias.OrderBy(pair => pair.Key).Select(pair => (pair.Key, pair.Value))];
        foreach ((int token, _) in _bias)
        {
            if ((uint)token >= (uint)vocabularySize)
            {
                throw new ArgumentException($"LogitBias names token {token}; the vocabulary has {vocabularySize}.");
            }
        }
    }

    /// <summary>As they were asked.</summary>
    public DrawSettings Settings { get; }

    /// <summary>Added to logits, by ascending token.</summary>
    public ReadOnlySpan<(int Token, float Bias)> Bias => _bias;

    /// <summary>Whether any penalty looks back.</summary>
    public bool Penalises => Settings.RepetitionPenalty != 1 || Settings.PresencePenalty != 0 || Settings.FrequencyPenalty != 0;
}
