using Sputnik.Generation;
using Sputnik.Tasks;
using Sputnik.Text;

namespace Sputnik.Training;

/// <summary>Judges a model on problems of a split. The same seed asks the same problems.</summary>
/// <param name="generator">Draws the answers.</param>
/// <param name="tokenizer">Of the model.</param>
/// <param name="problems">Where the problems come from.</param>
/// <param name="seed">Names the problems and the draws.</param>
public sealed class Evaluator(Generator generator, Tokenizer tokenizer, ProblemSource problems, ulong seed)
{
    // Shown in the report, before and after.
    private const int Shown = 6;
    private readonly Verifier _verifier = new(problems.Families);

    /// <summary>Asks <paramref name="count"/> different problems, <paramref name="samples"/> times each at temperature 1.</summary>
    public EvaluationRecord Run(string stage, int step, Split split, int count, int samples, int maxNewTokens, CancellationToken cancellation = default)
    {
        var runner = new ProblemRunner(generator, tokenizer, _verifier);
        IReadOnlyList<Problem> asked = problems.Distinct(split, seed, count);
        IReadOnlyList<JudgedResponse[]> answers = runner.Ask(
            asked, samples, temperature: 1, maxNewTokens, new(seed, $"evaluation on {split}"), cancellation);
        EvaluationReport report = new Evaluation(_verifier).Score(
            asked, [.. answers.Select(a => (IReadOnlyList<Response>)[.. a.Select(r => r.Response)])]);
        return new(stage, step, split, report, [.. answers.Take(Shown).Select(a => Example(a[0]))]);
    }

    private static EvaluationExample Example(JudgedResponse answer) =>
        new(answer.Problem.Prompt, answer.Problem.Answer, answer.Text, answer.Verdict.IsRight, answer.Verdict.Why);
}
