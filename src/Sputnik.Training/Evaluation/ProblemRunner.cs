using Sputnik.Generation;
using Sputnik.Tasks;
using Sputnik.Tensors;
using Sputnik.Text;

namespace Sputnik.Training;

/// <summary>Asks a model problems and has its answers judged. Training and evaluation ask through the same door.</summary>
/// <param name="generator">Draws the answers.</param>
/// <param name="tokenizer">Makes them readable for the judge; ids stay as drawn.</param>
/// <param name="verifier">The judge.</param>
public sealed class ProblemRunner(Generator generator, Tokenizer tokenizer, Verifier verifier)
{
    private readonly DocumentEncoder _encoder = new(tokenizer);

    /// <summary>
    /// <paramref name="samples"/> judged answers to every problem: answers[p][s]. Problem p, sample s draws from
    /// <c>random.Split(p).Split(s)</c>.
    /// </summary>
    public IReadOnlyList<JudgedResponse[]> Ask(
        IReadOnlyList<Problem> problems,
        int samples,
        float temperature,
        int maxNewTokens,
        CounterRandom random,
        CancellationToken cancellation = default)
    {
        var settings = new SamplingSettings
        {
            Temperature = temperature,
            MaxNewTokens = maxNewTokens,
            SamplesPerPrompt = samples,
            StopTokens = [tokenizer.Special.EndOfSentence],
        };
        IReadOnlyList<Completion> completions = generator.Generate(
            [.. problems.Select(p => _encoder.Prompt(p.Prompt))], settings, random, cancellation: cancellation);
        return [.. completions.Select(c => Judge(problems[c.Prompt], c)).Chunk(samples)];
    }

    /// <summary>The ids a problem's answers follow.</summary>
    public int[] Prompt(Problem problem) => _encoder.Prompt(problem.Prompt);

    private JudgedResponse Judge(Problem problem, Completion completion)
    {
        string text = tokenizer.Decode(completion.Tokens, skipControl: true);
        return new(problem, completion, text, verifier.Verify(problem, text));
    }
}
