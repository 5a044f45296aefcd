using System.Globalization;
using System.Text;
using Sputnik.Models;
using Sputnik.Tasks;

namespace Sputnik.Training;

/// <summary>The README.md of a published model, with front matter as model hubs read it; every number is one the run recorded.</summary>
public static class ModelCard
{
    /// <summary>Name of the card in the model folder.</summary>
    public const string FileName = "README.md";

    /// <summary>Writes the card into the folder of the published model.</summary>
    /// <param name="run">A finished run.</param>
    /// <param name="price">USD for an hour of one core.</param>
    /// <returns>The path of the card.</returns>
    public static string Write(RecordedRun run, double price = RunCost.DefaultPrice)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (!Directory.Exists(run.ModelPath))
        {
            throw new ArgumentException($"The run in '{run.Folder}' has no published model yet.", nameof(run));
        }

        string path = Path.Combine(run.ModelPath, FileName);
        byte[] card = Encoding.UTF8.GetBytes(Render(run, price));
        AtomicFile.Write(path, stream => stream.Write(card));
        return path;
    }

    /// <summary>The card as text.</summary>
    internal static string Render(RecordedRun run, double price) => string.Join("\n\n", [FrontMatter(), Head(run), Use(run), Scores(run), Limits(run), Cost(run, price), Repeat(run)]) + "\n";

    private static string FrontMatter() =>
        """
        ---
        license: mit
        language: en
        library_name: sputnik
        pipeline_tag: text-generation
        tags:
        - reasoning
        - reinforcement-learning
        - grpo
        - deepseek-r1-zero
        ---
        """;

    private static string Head(RecordedRun run)
    {
        ModelSize size = FactSection.Size(run);
        string[] families = [.. run.EvaluationsOn(Split.Validation).SelectMany(e => e.Report.ByFamily).Select(g => g.Family).OfType<string>().Distinct()];
        string training = run.Recipe.Zero.Steps > 0
            ? $"trained from nothing by the recipe of DeepSeek-R1-Zero: a base model, then {run.Recipe.Zero.Steps} steps of reinforcement learning with rule-based rewards and no fine-tuning in between"
            : "a base model, trained from nothing";
        return Invariant(
            $"""
            # {run.Recipe.Name}, seed {run.Identity.Seed}

            A small language model, {training}. It has {Quantity.Scaled(size.Total)} parameters, {Quantity.Scaled(size.Active)} of which a token meets, in DeepSeek-V3's architecture, and solves problems of these families: {string.Join(", ", families)}.
            """);
    }

    private static string Use(RecordedRun run)
    {
        EvaluationExample? example = run.EvaluationsOn(Split.Validation) is [.., var last] ? last.Examples.FirstOrDefault() : null;
        return Invariant(
            $"""
            ## To run it

            ```bash
            sputnik run --model . "{Quoted(example?.Prompt ?? "…")}"
            sputnik eval . --split test --seed {run.Identity.Seed} --n {run.Recipe.Evaluation.FinalProblems} --k {run.Recipe.Evaluation.Samples}
            ```

            The second command asks the very problems of the table below. The files are in Hugging Face's layout: `config.json` (model_type `deepseek_v3`), `model.safetensors`, `tokenizer.json`, `generation_config.json`; `recipe.json` says what it was trained on, and `eval` asks accordingly.
            """);
    }

    private static string Scores(RecordedRun run)
    {
        StringBuilder table = new();
        table.Append("## Scores\n\nMean ± standard error over the problems, at temperature 1. pass@1 is accuracy, cons@k the accuracy of the majority of k answers. Validation was looked at during training, test and hard were read once. Hard problems are longer than any that was trained.\n\n");
        table.Append("| model | split | n | k | pass@1 | cons@k | format | length | checks |\n|---|---|---|---|---|---|---|---|---|\n");
        if (run.EvaluationsOn(Split.Validation) is [var first, .., var last])
        {
            table.Append(Row("base", first)).Append(Row("final", last));
        }

        foreach (EvaluationRecord evaluation in run.EvaluationsOn(Split.Test).Concat(run.EvaluationsOn(Split.Hard)))
        {
            table.Append(Row(evaluation.Step == 0 && run.Recipe.Zero.Steps > 0 ? "base" : "final", evaluation));
        }

        return table.ToString().TrimEnd();
    }

    private static string Row(string model, EvaluationRecord evaluation)
    {
        EvaluationReport r = evaluation.Report;
        return Invariant(
            $"| {model} | {evaluation.Split.ToString().ToLowerInvariant()} | {r.Problems} | {r.Responses / r.Problems} | {Quantity.WithError(r.PassAtK[0].Score)} | {Quantity.WithError(r.Consensus)} | {Quantity.Percent(r.Format.Mean)} | {Quantity.WithError(r.Tokens, 1)} | {Quantity.WithError(r.Checks, 2)} |\n");
    }

    private static string Limits(RecordedRun run) => Invariant(
        $"""
        ## Limits

        It knows the problems it was made for and nothing else: no facts of the world, no other tasks, no other language than the little English of its problems. It answers anything with the same confidence. {Beyond(run)}It reads {run.Recipe.Model.MaxLength} tokens at most and was trained on answers of up to {run.Recipe.Zero.Grpo.MaxNewTokens}.
        """);

    private static string Beyond(RecordedRun run) =>
        run.EvaluationsOn(Split.Test) is [.., var test] && run.EvaluationsOn(Split.Hard) is [.., var hard]
            ? $"On problems longer than any that was trained its accuracy is {Quantity.Percent(hard.Report.PassAtK[0].Score.Mean)}, on those of trained length {Quantity.Percent(test.Report.PassAtK[0].Score.Mean)}. "
            : "";

    private static string Cost(RecordedRun run, double price)
    {
        RunCost cost = RunCost.Of(run, price);
        return Invariant(
            $"""
            ## Cost

            {Quantity.Duration(cost.Seconds)} on {run.Identity.Machine}: {Quantity.CpuTime(cost.CpuHours)}, {Quantity.Scaled(cost.Flops)}FLOP, {Quantity.Money(cost.Usd)} at {Quantity.Money(price)} an hour of one core.
            """);
    }

    private static string Repeat(RecordedRun run) => Invariant(
        $"""
        ## To repeat it

        The recipe below, its seed and the code (version {run.Identity.CodeVersion}) decide every bit, on any machine and any number of threads.

        - SHA-256 of `model.safetensors`: `{run.WeightsFileSha256() ?? "none"}`
        - SHA-256 over names, shapes and values of all weights: `{run.Summary?.WeightsSha256 ?? "none"}`

        ```json
        {RecipeJson.ToText(run.Recipe)}
        ```
        """);

    // The prompt stands between double quotes on a command line.
    private static string Quoted(string prompt) =>
        prompt.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
