using System.Text.Json;
using Sputnik.Models;
using Sputnik.Tasks;
using Sputnik.Tensors;
using Sputnik.Text;
using Sputnik.Training;

namespace Sputnik.Tests.Training;

/// <summary>A run folder with everything a run leaves, written in milliseconds: the answers are worked by the families, not by a model.</summary>
internal static class RunSketch
{
    public const int PretrainSteps = 900;
    public const int ZeroSteps = 40;
    public const string Hostile = "</pre><script>alert(1)</script> & \"quoted\" \u0007 \uD800";

    private const int Problems = 24;
    private const int Samples = 8;

    /// <summary>Writes the folder; without a summary the run has not ended.</summary>
    public static RecordedRun Write(string folder, bool finished = true)
    {
        Recipe recipe = Recipe;
        using (RunFolder files = RunFolder.Create(folder, new() { Config = Config(recipe), Seed = recipe.Seed, CodeVersion = "1.0.0+abc", Machine = $"a machine {Hostile}" }))
        {
            Log(files);
            foreach (int step in new[] { 0, 10, 20, 30, 40 })
            {
                files.Write(Evaluate(step, Split.Validation));
            }

            files.Write(Evaluate(ZeroSteps, Split.Test));
            files.Write(Evaluate(ZeroSteps, Split.Hard));
            if (finished)
            {
                Publish(recipe, Path.Combine(folder, "model"));
                files.Write(new RunSummary(folder, true, new string('a', 64), 2400, 1.2, 3.2e14));
            }
        }

        return RecordedRun.Read(folder);
    }

    public static Recipe Recipe => RecipeJson.Load(Path.Combine(Laws.Repository.Root, "recipes/zero-mini"), ["name=sketch", "seed=7", "zero.steps=40"]);

    private static JsonElement Config(Recipe recipe) => JsonDocument.Parse(RecipeJson.ToText(recipe)).RootElement;

    private static void Log(RunFolder files)
    {
        CounterRandom random = new(1, "sketch");
        for (int step = 1; step <= PretrainSteps; step++)
        {
            files.Log(new StepRecord
            {
                Stage = "pretrain",
                Step = step,
                Steps = PretrainSteps,
                Tokens = step * 1536L,
                Loss = 0.4 + (5.5 / (1 + (step / 40.0))) + (0.1 * random.NextNormal()),
                Seconds = 1,
                Gflops = 52,
                PeakShare = 0.41,
                TokensPerSecond = 9000,
                CpuHours = step * 0.0006,
            });
        }

        for (int step = 1; step <= ZeroSteps; step++)
        {
            double learned = 1 - Math.Pow(0.9, step);
            files.Log(ZeroStep(step, learned, 0.03 * random.NextNormal()));
            files.Log(new RolloutSample { Stage = "zero", Step = PretrainSteps + step, Family = "chain", Prompt = $"Sam has {step} {Hostile}", Response = "3+4=7\n</think>\n\\boxed{7}", Score = step % 2, Why = step % 2 == 1 ? "right" : $"it is 7 {Hostile}", Reward = 1.1f, Tokens = 12 });
        }
    }

    private static StepRecord ZeroStep(int step, double learned, double noise) => new()
    {
        Stage = "zero",
        Step = step,
        Steps = ZeroSteps,
        Accuracy = 0.3 + (0.5 * learned) + noise,
        Reward = 0.35 + (0.55 * learned) + noise,
        Length = 25 + (40 * learned),
        Checks = 1.8 * learned,
        Entropy = 0.6 - (0.3 * learned),
        Kl = 0.05 * learned,
        Loss = 1e-4 * noise,
        Format = 0.8,
        Truncated = 0.02,
        Seconds = 30,
        Gflops = 40,
        PeakShare = 0.3,
        CpuHours = 0.54 + (step * 0.016),
    };

    private static EvaluationRecord Evaluate(int step, Split split)
    {
        var source = new ProblemSource(new());
        var random = new CounterRandom(2, $"answers of {split} {step}");
        Problem[] problems = [.. source.Distinct(split, 3, Problems)];
        Response[][] responses = [.. problems.Select(p => Enumerable.Range(0, Samples).Select(_ => Answer(source, p, step, ref random)).ToArray())];
        EvaluationReport report = new Evaluation(new Verifier(source.Families)).Score(problems, responses);
        EvaluationExample[] examples = [.. problems.Take(3).Select((p, i) => new EvaluationExample(p.Prompt, p.Answer, responses[i][0].Text + (i == 0 ? Hostile : ""), i > 0, $"it is {p.Answer}"))];
        return new("zero", step, split, report, [.. examples]);
    }

    private static Response Answer(ProblemSource source, Problem problem, int step, ref CounterRandom random)
    {
        Style style = random.NextSingle() < 0.2f + (step / 60f) ? Style.Checked : Style.Direct;
        string text = style == Style.Direct && random.NextSingle() < 0.7f
            ? "</think>\n\\boxed{0}"
            : source.Families.Of(problem).Work(problem, style, new WorkOptions { SlipProbability = 0.05 }, ref random);
        return new(text, text.Length / 2, Truncated: false);
    }

    private static void Publish(Recipe recipe, string folder)
    {
        Tokenizer tokenizer = BpeTrainer.Train(["1+1=2, so 2"], 280, new SpecialTokens());
        using var model = new DeepSeekV3Model(recipe.Model with { VocabularySize = tokenizer.VocabularySize });
        ModelInitializer.Initialize(model, 7);
        ModelFolder.Save(model, folder);
        tokenizer.Save(folder);
    }
}
