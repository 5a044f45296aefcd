using Sputnik.Generation;
using Sputnik.Text;

namespace Sputnik.Server;

/// <summary>Ends a plain continuation at the token that completes a stop string.</summary>
internal sealed class StopGuide(Tokenizer tokenizer, IReadOnlyList<string> stops) : ITokenGuide
{
    private readonly StreamDecoder _decoder = new(tokenizer, skipControl: true);
    private readonly StopMatcher _text = new(stops);

    public int? Force() => null;

    public FinishReason? Ended => _text.Found is null ? null : FinishReason.Stop;

    public bool Restrict(TokenMask allowed) => false;

    public void Accept(int token) => _text.Push(_decoder.Push(token));
}
