using Sputnik.Generation;
using Sputnik.Models;
using Sputnik.Tasks;
using Sputnik.Tensors;
using Sputnik.Text;

namespace Sputnik.Training;

/// <summary>
/// A recipe from nothing to a model that reasons: vocabulary, base model, gate, R1-Zero, final judgement. Interrupted after
/// any step it goes on from its last checkpoint, bit for bit.
/// </summary>
public static class TrainingRun
{
    private const string TokenizerFolder = "tokenizer";
    internal const string ModelFolderName = "model";

    /// <summary>Starts a run in a folder of its own, or goes on with the one that is there.</summary>
    /// <param name="recipe">What to compute; null goes on with the recipe the folder was started with.</param>
    /// <param name="folder">The run folder.</param>
    /// <param name="options">What does not change the result.</param>
    /// <param name="observer">Told what happens.</param>
    /// <param name="cancellation">Finishes the step, saves and returns.</param>
    public static RunSummary Execute(
        Recipe? recipe, string folder, RunOptions options, IRunObserver observer, CancellationToken cancellation = default)
    {
        using RunFolder files = recipe is null ? RunFolder.Open(folder) : RunFolder.Create(folder, Identify(recipe.Validate()));
        recipe ??= RecipeJson.FromElement(files.Identity.Config);
        SavedCheckpoint? checkpoint = files.Resume();
        using RunContext run = Prepare(recipe, files, checkpoint, options, observer, cancellation);
        observer.Started(Describe(run, checkpoint is not null));
        bool finished = RunStages(run, checkpoint);
        var summary = new RunSummary(
            folder, finished, WeightHash.Of(run.Model), run.Clock.Seconds, run.Clock.CpuSeconds / 3600, run.Clock.Flops);
        if (finished)
        {
            files.Write(summary);
        }

        observer.Ended(summary);
        return summary;
    }

    private static bool RunStages(RunContext run, SavedCheckpoint? checkpoint)
    {
        if (checkpoint?.State.Stage is null or PretrainStage.Name)
        {
            if (!new PretrainStage(run).Run(checkpoint))
            {
                return false;
            }

            checkpoint = null;
        }

        using var zero = new ZeroStage(run);
        if (checkpoint is null)
        {
            EvaluationRecord evaluation = zero.Evaluate(step: 0, Split.Validation, run.Recipe.Evaluation.Problems, run.Cancellation);
            if (run.Recipe.Zero.Steps > 0)
            {
                Gate(run, evaluation);
                zero.Preflight();
            }
        }

        if (!zero.Run(checkpoint))
        {
            return false;
        }

        int steps = run.Recipe.Zero.Steps;
        zero.Evaluate(steps, Split.Validation, run.Recipe.Evaluation.Problems, run.Cancellation);
        zero.Evaluate(steps, Split.Test, run.Recipe.Evaluation.FinalProblems, run.Cancellation);
        zero.Evaluate(steps, Split.Hard, run.Recipe.Evaluation.FinalProblems, run.Cancellation);
        Publish(run);
        return true;
    }

    private static void Gate(RunContext run, EvaluationRecord evaluation)
    {
        StageGate gate = StageGate.Of(evaluation.Report);
        run.Observer.Gated(gate);
        if (!gate.Holds && !run.Options.IgnoreGate)
        {
            string families = string.Join(", ", gate.Families.Where(f => !f.Holds).Select(f => $"{f.Family} ({f.Why})"));
            throw new TrainingRefusedException(
                $"Thinking does not pay yet in {families}; reinforcement learning would unlearn it. Pretrain longer (--set pretrain.tokens=…) or go on with --resume --ignore-gate.");
        }
    }

    private static RunContext Prepare(
        Recipe recipe, RunFolder files, SavedCheckpoint? checkpoint, RunOptions options, IRunObserver observer, CancellationToken cancellation)
    {
        var problems = new ProblemSource(recipe.Problems);
        Tokenizer tokenizer = OpenTokenizer(recipe, problems, files, observer);
        var workers = new Workers(options.Threads);
        RunState? state = checkpoint?.State;
        return new()
        {
            Recipe = recipe,
            Options = options,
            Folder = files,
            Workers = workers,
            PeakGflops = FmaPeak.Measure(workers),
            Problems = problems,
            Tokenizer = tokenizer,
            Model = checkpoint?.OpenModel() ?? NewModel(recipe, tokenizer),
            Clock = state is null ? new() : new(state.Seconds, state.CpuSeconds, state.Flops),
            Observer = observer,
            Cancellation = cancellation,
            Step = state?.Step ?? 0,
        };
    }

    private static Tokenizer OpenTokenizer(Recipe recipe, ProblemSource problems, RunFolder files, IRunObserver observer)
    {
        string path = Path.Combine(files.Path, TokenizerFolder);
        if (Directory.Exists(path))
        {
            return Tokenizer.Load(path);
        }

        observer.StageStarted("tokenizer", "Frequent pairs of bytes become tokens, counted on the first documents of the corpus.");
        var corpus = new Corpus(recipe.Corpus, problems, recipe.Seed);
        int count = recipe.TokenizerDocuments;
        IEnumerable<string> texts = Enumerable.Range(0, count).Select(i =>
        {
            Document document = corpus[(ulong)i];
            return $"{document.Prompt}\n{document.Response}";
        });
        Tokenizer tokenizer = BpeTrainer.Train(texts, recipe.Model.VocabularySize, new SpecialTokens());
        tokenizer.Save(path);
        return tokenizer;
    }

    private static DeepSeekV3Model NewModel(Recipe recipe, Tokenizer tokenizer)
    {
        var model = new DeepSeekV3Model(recipe.Model with { VocabularySize = tokenizer.VocabularySize });
        ModelInitializer.Initialize(model, recipe.Seed);
        return model;
    }

    private static void Publish(RunContext run)
    {
        string path = Path.Combine(run.Folder.Path, ModelFolderName);
        var generation = new GenerationConfig
        {
            Temperature = run.Recipe.Zero.Grpo.Temperature,
            MaxNewTokens = run.Recipe.Zero.Grpo.MaxNewTokens,
            BosTokenId = run.Tokenizer.Special.BeginOfSentence,
            EosTokenIds = [run.Tokenizer.Special.EndOfSentence],
        };
        ModelFolder.Save(run.Model, path);
        run.Tokenizer.Save(path);
        generation.Save(path);
        RecipeJson.Save(run.Recipe, path);
    }

    private static RunIdentity Identify(Recipe recipe) => new()
    {
        Config = RecipeJson.ToElement(recipe),
        Seed = recipe.Seed,
        CodeVersion = CodeVersion.Current,
        Machine = MachineName.Current,
    };

    private static RunStart Describe(RunContext run, bool resumed) => new()
    {
        Recipe = run.Recipe,
        Folder = run.Folder.Path,
        Machine = MachineName.Current,
        Threads = run.Workers.Threads,
        PeakGflops = run.PeakGflops,
        Parameters = run.Model.Parameters,
        ActiveParameters = run.Model.ActiveParameters,
        VocabularySize = run.Model.VocabularySize,
        Resumed = resumed,
    };
}
