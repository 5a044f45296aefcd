using Sputnik.Text;

namespace Sputnik.Generation;

/// <summary>Parts the calls from one choice's content, and names them.</summary>
internal sealed class CallReader(AnswerForm form, ToolDialect dialect)
{
    private readonly ToolCallStream _calls = new(dialect);
    private bool _ended;
    private int _named = form.Request.Messages.Sum(message => message.ToolCalls.Count); // so that no earlier call has the name

    /// <summary>Whether the answer asks for a function.</summary>
    public bool HasCalls => _calls.HasCalls;

    /// <summary>The pieces that more content makes certain.</summary>
    public IEnumerable<AnswerPiece> Push(int choice, string text) => Pieces(choice, _calls.Push(text));

    /// <summary>The pieces at the answer's end.</summary>
    public IEnumerable<AnswerPiece> Flush(int choice) => Pieces(choice, _calls.Flush());

    private IEnumerable<AnswerPiece> Pieces(int choice, IReadOnlyList<ToolCallPiece> pieces)
    {
        foreach ((ToolCallPieceKind kind, string text) in pieces)
        {
            // The token that ended the only call may hold more.
            if (_ended && !form.Request.ParallelToolCalls)
            {
                yield break;
            }

            _ended |= kind == ToolCallPieceKind.End;
            if (kind == ToolCallPieceKind.Begin)
            {
                yield return new(choice, AnswerPieceKind.ToolCall, "") { Call = new(Name(choice), text, "") };
            }
            else if (text.Length > 0)
            {
                yield return new(choice, kind == ToolCallPieceKind.Arguments ? AnswerPieceKind.ToolArguments : AnswerPieceKind.Content, text);
            }
        }
    }

    /// <summary>Nine letters and digits, as Mistral's templates demand.</summary>
    private string Name(int choice) => $"call{choice % 10}{_named++ % 10000:0000}";
}
