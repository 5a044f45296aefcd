using Sputnik.Generation;
using Sputnik.Tasks;

namespace Sputnik.Training;

/// <summary>Every check of <see cref="Preflight"/> on the run at hand, before reinforcement learning starts.</summary>
internal static class ZeroPreflight
{
    /// <summary>Looks, tells whoever watches, and refuses where a check did not pass.</summary>
    public static void Check(RunContext run, Generator generator)
    {
        IReadOnlyList<PreflightResult> results = Look(run, generator);
        run.Observer.Checked(results);
        string[] failed = [.. results.Where(r => !r.Passed).Select(r => $"{r.Name}: {r.Message}")];
        if (failed.Length > 0 && !run.Options.IgnoreGate)
        {
            throw new TrainingRefusedException($"Reinforcement learning would fail. {string.Join(' ', failed)} To go on all the same: --resume --ignore-gate.");
        }
    }

    private static IReadOnlyList<PreflightResult> Look(RunContext run, Generator generator)
    {
        GrpoConfig grpo = run.Recipe.Zero.Grpo;
        Problem problem = run.Problems.Draw(Split.Train, run.Random("preflight"));
        ITaskFamily family = run.Problems.Families.Of(problem);
        Tensors.CounterRandom random = run.Random("preflight work");
        var worked = new Document(problem.Prompt, family.Work(problem, Style.Steps, WorkOptions.Plain, ref random));
        var verifier = new Verifier(run.Problems.Families);
        using var pass = new SequencePass(run.Model, run.Workers, run.Recipe.Zero.MicroBatchRows);
        JudgedResponse[] group = new ProblemRunner(generator, run.Tokenizer, verifier)
            .Ask([problem], grpo.GroupSize, grpo.Temperature, grpo.MaxNewTokens, run.Random("preflight group"))[0];
        MemoryForecast forecast = MemoryForecast.Of(run.Model, run.Recipe.Zero.MicroBatchRows, reference: grpo.KlBeta > 0);
        return
        [
            Preflight.TemplateRenders(run.Tokenizer, problem),
            Preflight.EndTokenReachable(run.Model, pass, run.Tokenizer, worked),
            Preflight.MaskNotEmpty([new DocumentEncoder(run.Tokenizer).Response(problem.Prompt, worked.Response)], run.Model.MaxLength),
            Preflight.RewardTimed(verifier, problem, grpo.MaxNewTokens),
            Preflight.MemorySuffices(forecast, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes),
            Preflight.NotAllTruncated([.. group.Select(r => r.Response)]),
        ];
    }
}
