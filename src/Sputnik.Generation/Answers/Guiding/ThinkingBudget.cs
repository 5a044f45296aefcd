using Sputnik.Text;

namespace Sputnik.Generation;

/// <summary>
/// Closes the thinking for the model: once the budget is used up or someone asks for it, the character that has begun is
/// finished, then the closing message is forced token by token.
/// </summary>
/// <param name="tokenizer">The vocabulary.</param>
/// <param name="budget">Tokens of thinking; null = any number.</param>
internal sealed class ThinkingBudget(Tokenizer tokenizer, int? budget)
{
    /// <summary>Bytes that may still be missing of a character: tokens to wait for at most.</summary>
    private const int MostWaited = 3;

    private readonly Queue<int> _forced = [];
    private int _bytesMissing;
    private bool _due;
    private int _waited;

    /// <summary>Whether it has closed the thinking.</summary>
    public bool Closed { get; private set; }

    /// <summary>The token that must come next.</summary>
    /// <param name="reader">What was read so far.</param>
    /// <param name="asked">Whether someone asks for the end of the thinking.</param>
    public int? Next(AnswerReader reader, bool asked)
    {
        _due = !Closed && reader.Part == ReasoningPart.Thinking && (asked || reader.ThinkingTokens >= budget);
        if (_due && (_bytesMissing == 0 || _waited >= MostWaited))
        {
            Closed = true;
            foreach (int id in Closing(reader.ThinkingTokens))
            {
                _forced.Enqueue(id);
            }
        }

        return _forced.TryPeek(out int next) ? next : null;
    }

    /// <summary>Told every token, after the reader.</summary>
    public void Accept(int token, AnswerReader reader)
    {
        if (_forced.TryPeek(out int next) && next == token)
        {
            _forced.Dequeue();
        }
        else if (reader.Part != ReasoningPart.Thinking)
        {
            _forced.Clear();
        }

        _waited += _due ? 1 : 0;
        foreach (byte value in token < tokenizer.VocabularySize ? tokenizer.Bytes(token) : [])
        {
            _bytesMissing = value switch
            {
                < 0x80 => 0,
                < 0xC0 => Math.Max(0, _bytesMissing - 1),
                < 0xE0 => 1,
                < 0xF0 => 2,
                _ => 3,
            };
        }
    }

    private int[] Closing(int thinkingTokens)
    {
        string tag = tokenizer.SpecialTokens.ThinkEnd;
        string text = thinkingTokens == 0 ? tag : ThinkingOptions.BudgetMessage + tag;
        return tokenizer.Encode(text, parseSpecial: true);
    }
}
