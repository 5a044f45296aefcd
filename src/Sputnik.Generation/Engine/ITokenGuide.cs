namespace Sputnik.Generation;

/// <summary>
/// What steers one sequence: a thinking budget, a grammar, stop strings. Called on the engine's thread between two steps,
/// for one sequence only, so it holds its own state and must be quick.
/// </summary>
public interface ITokenGuide
{
    /// <summary>Why the sequence ends after the last accepted token; null while it goes on.</summary>
    FinishReason? Ended { get; }

    /// <summary>The token that comes next whatever the model says; null where the model chooses. Asked before every token.</summary>
    int? Force();

    /// <summary>Forbids in <paramref name="allowed"/>, which comes with every token allowed, what may not come next; false where it forbids nothing.</summary>
    bool Restrict(TokenMask allowed);

    /// <summary>Told every token of the sequence in order, forced ones too, the stop token last.</summary>
    void Accept(int token);
}
