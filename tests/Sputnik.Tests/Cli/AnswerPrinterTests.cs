using Sputnik.Cli;
using Sputnik.Text;

namespace Sputnik.Tests.Cli;

public sealed class AnswerPrinterTests
{
    [Fact]
    public void The_answer_stands_on_a_line_of_its_own_after_the_thinking() =>
        Assert.Equal("1+1=2\n2\n", Printed(dims: false, new(ReasoningPart.Thinking, "1+1"), new(ReasoningPart.Thinking, "=2"), new(ReasoningPart.Answer, "2")));

    [Fact]
    public void Without_thinking_there_is_no_empty_line() => Assert.Equal("2\n", Printed(dims: false, new(ReasoningPart.Answer, ""), new(ReasoningPart.Answer, "2")));

    [Fact]
    public void Thinking_is_dimmed_where_the_terminal_can() =>
        Assert.Equal("\u001b[2mso\u001b[22m\n2\n", Printed(dims: true, new(ReasoningPart.Thinking, "so"), new(ReasoningPart.Answer, "2")));

    [Fact]
    public void A_model_cannot_send_codes_to_the_terminal() =>
        Assert.Equal("a\uFFFD[2Jb\n", Printed(dims: false, new ReasoningPiece(ReasoningPart.Answer, "a\u001b[2Jb")));

    private static string Printed(bool dims, params ReasoningPiece[] pieces)
    {
        using StringWriter output = new() { NewLine = "\n" };
        AnswerPrinter printer = new(output, dims);
        foreach (ReasoningPiece piece in pieces)
        {
            printer.Print(piece);
        }

        printer.End(truncated: false);
        return output.ToString();
    }
}
