namespace Sputnik.Generation;

/// <summary>Why a completion ended.</summary>
public enum FinishReason
{
    /// <summary>The model said a stop token.</summary>
    Stop,

    /// <summary>The limit of new tokens, or of the model's positions, was reached.</summary>
    Length,
}
