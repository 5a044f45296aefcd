using Sputnik.Cli;
using Sputnik.Training;

namespace Sputnik.Tests.Cli;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("train", "needs a recipe")]
    [InlineData("train no/such/recipe", "There is no recipe at 'no/such/recipe'")]
    [InlineData("train --resume no/such/run", "'no/such/run' holds no run")]
    [InlineData("train recipes/zero-mini --resume no/such/run", "leave out the recipe")]
    [InlineData("train --resume --out x", "--out names a new run")]
    [InlineData("report no/such/run", "'no/such/run' holds no run")]
    [InlineData("run --model no/such/model hello", "There is no model folder 'no/such/model'")]
    [InlineData("run --threads 0 hello", "--threads takes a whole number from 1, got '0'")]
    [InlineData("run --kv q4_0 hello", "'q8_0'")]
    [InlineData("run --model no/such/model --kv q8_0 hello", "There is no model folder 'no/such/model'")]
    [InlineData("run --threads many hello", "as a whole number")]
    [InlineData("run --temperature hot hello", "as a number")]
    [InlineData("eval no/such/model --tasks chain,chess", "There is no family 'chess'")]
    [InlineData("eval no/such/model --split moon", "'validation'")]
    [InlineData("eval no/such/model --k 0", "--k takes a whole number from 1")]
    [InlineData("inspect no/such/model", "There is no model folder")]
    [InlineData("logits no/such/model --tokens 1,x", "'x' is not one")]
    [InlineData("perplexity no/such/model no/such/text", "no/such/text")]
    [InlineData("perplexity no/such/model no/such/text --context 3", "--context takes a whole number from 4, got '3'")]
    [InlineData("run --moe-groups some hello", "'reference'")]
    [InlineData("run --context 5000 hello", "--context 5000 asks for more")]
    [InlineData("chat --context 5000", "--context 5000 asks for more")]
    [InlineData("bench --model a --recipe b", "not both")]
    [InlineData("pull", "pull needs a repository")]
    [InlineData("pull ../x", "names no repository")]
    [InlineData("pull a/b --endpoint ftp://x", "is no hub")]
    [InlineData("pull a/b --revision ../x", "is no revision")]
    [InlineData("pull a/b --offline no/such/folder", "There is no file or folder")]
    [InlineData("models show no/such-model", "There is no model 'no/such-model'")]
    [InlineData("models remove", "sputnik models remove --help")]
    [InlineData("models remove no/such-model --yes", "There is no model 'no/such-model'")]
    [InlineData("quantize no/such/model x.gguf", "There is no model 'no/such/model'")]
    [InlineData("quantize a x.gguf --type q9", "There is no type 'q9'; f32, f16")]
    [InlineData("quantize a x.gguf --output-type q9", "--output-type takes f32, f16")]
    [InlineData("quantize a x.gguf --split 2 --split-max-size 1G", "not both")]
    [InlineData("quantize a x.gguf --split-max-size 4Q", "a size such as 500M or 4G, got '4Q'")]
    [InlineData("quantize a", "sputnik quantize --help")]
    [InlineData("convert no/such/model x.gguf", "There is no model 'no/such/model'")]
    [InlineData("convert no/such/model x.gguf --type q9", "There is no type 'q9'")]
    [InlineData("convert no/such/model folder --type q8_0", "f32, f16 or bf16; got 'q8_0'")]
    [InlineData("fly", "'fly'")]
    [InlineData("train --fly", "--fly")]
    public void The_callers_fault_costs_one_sentence_and_exit_code_2(string line, string said)
    {
        using StringWriter error = new();

        int code = CommandLine.Invoke(line.Split(' '), error);

        Assert.Equal(ExitCode.CallersFault, code);
        string message = Assert.Single(error.ToString().TrimEnd().Split('\n'));
        Assert.StartsWith("sputnik: ", message, StringComparison.Ordinal);
        Assert.Contains(said, message, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", message, StringComparison.Ordinal);
        Assert.DoesNotContain("(Parameter", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_end_has_its_code()
    {
        Assert.Equal(2, CommandLine.CodeOf(new ArgumentException("x")));
        Assert.Equal(2, CommandLine.CodeOf(new InvalidDataException("x")));
        Assert.Equal(2, CommandLine.CodeOf(new NotSupportedException("x")));
        Assert.Equal(3, CommandLine.CodeOf(new TrainingRefusedException("x")));
        Assert.Equal(130, CommandLine.CodeOf(new OperationCanceledException()));
        Assert.Equal(1, CommandLine.CodeOf(new InvalidOperationException("x")));
    }

    [Fact]
    public void Every_command_has_examples_that_parse()
    {
        foreach (System.CommandLine.Command command in CommandLine.Create().Subcommands)
        {
            Assert.All(Examples.Of(command.Name), example => Assert.Contains($"sputnik {command.Name}", example, StringComparison.Ordinal));
        }
    }
}
