using Sputnik.Text;

namespace Sputnik.Cli;

/// <summary>Prints an answer as it is drawn: the thinking dimmed where the terminal can, the answer on a line of its own.</summary>
/// <param name="output">Where to.</param>
/// <param name="dims">Whether it understands ANSI codes.</param>
internal sealed class AnswerPrinter(TextWriter output, bool dims)
{
    private const string Dim = "\u001b[2m";
    private const string Plain = "\u001b[22m";

    private bool _answering;
    private bool _thought;

    public static AnswerPrinter ToTerminal() => new(Console.Out, TerminalKind.OfOutput().HasColours);

    public void Print(ReasoningPiece piece)
    {
        if (piece.Part == ReasoningPart.Answer && !_answering)
        {
            _answering = true;
            if (_thought)
            {
                output.WriteLine();
            }
        }

        if (piece.Text.Length > 0)
        {
            _thought |= piece.Part == ReasoningPart.Thinking;
            bool dim = dims && piece.Part == ReasoningPart.Thinking;
            output.Write(dim ? $"{Dim}{Harmless(piece.Text)}{Plain}" : Harmless(piece.Text));
            output.Flush();
        }
    }

    /// <summary>Ends the line and says so if the answer is incomplete.</summary>
    public void End(bool truncated)
    {
        output.WriteLine();
        if (truncated)
        {
            output.WriteLine(dims ? $"{Dim}(cut at the length limit; --max-tokens raises it){Plain}" : "(cut at the length limit; --max-tokens raises it)");
        }
    }

    // A model may say anything, control codes for the terminal included.
    private static string Harmless(string text) =>
        text.Any(IsHarmful) ? string.Concat(text.Select(c => IsHarmful(c) ? '\uFFFD' : c)) : text;

    private static bool IsHarmful(char c) => char.IsControl(c) && c is not ('\n' or '\t');
}
