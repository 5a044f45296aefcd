namespace Sputnik.Training;

/// <summary>What the run cost.</summary>
internal static class CostSection
{
    public static Markup Render(RecordedRun run, double price)
    {
        RunCost total = RunCost.Of(run, price);
        RunCost pretrain = RunCost.Of(run.StepsOf(PretrainStage.Name), price);
        RunCost zero = RunCost.Of(run.StepsOf(ZeroStage.Name), price);
        HtmlTable table = new(["part", "wall time", "FLOP", "processor time", "money"]);
        Part(table, "pretraining", pretrain);
        Part(table, "R1-Zero", zero);
        Part(table, "evaluation, saving, the rest", new(
            Math.Max(0, total.Seconds - pretrain.Seconds - zero.Seconds), 0, Math.Max(0, total.Flops - pretrain.Flops - zero.Flops), price));
        table.Add(["whole run", Quantity.Duration(total.Seconds), Quantity.Scaled(total.Flops), Quantity.CpuTime(total.CpuHours), Quantity.Money(total.Usd)], total: true);
        return Html.Of(
            $"""
            <h2>Cost</h2>
            <p class="soft">Money is processor hours times {Quantity.Money(price)} an hour of one core. FLOP are counted as 2·N a token computed and 6·N a token trained, N the parameters a token meets.</p>
            {table.Render()}
            <p class="soft">{Speed(run)}</p>
            """);
    }

    private static void Part(HtmlTable table, string name, RunCost cost)
    {
        if (cost.Seconds > 0)
        {
            table.Add([name, Quantity.Duration(cost.Seconds), Quantity.Scaled(cost.Flops), "", ""]);
        }
    }

    private static string Speed(RecordedRun run)
    {
        IEnumerable<string> parts = new[] { (PretrainStage.Name, "pretraining"), (ZeroStage.Name, "R1-Zero") }
            .Select(stage => (Name: stage.Item2, Steps: run.StepsOf(stage.Item1)))
            .Where(stage => !stage.Steps.IsEmpty)
            .Select(stage => $"{stage.Name} {Quantity.Figures(stage.Steps.Average(s => s.Gflops))} GFLOP/s ({Quantity.Percent(stage.Steps.Average(s => s.PeakShare))} of the measured peak)");
        string speeds = string.Join(", ", parts);
        return speeds.Length == 0 ? "" : $"Mean speed: {speeds}.";
    }
}
