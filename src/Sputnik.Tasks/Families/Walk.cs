using System.Globalization;
using Sputnik.Tensors;

namespace Sputnik.Tasks;

/// <summary>Works a problem that is a walk: the styles are the same for all of them, the rule says what a step does.</summary>
internal static class Walk
{
    /// <summary>The state after all steps.</summary>
    public static int End(IWalkRule rule, int start, IEnumerable<ProblemStep> steps) =>
        steps.Aggregate(start, (state, step) => rule.Forward(step, state).Result);

    /// <summary>Start and operations, such as <c>11+1-4*2</c>.</summary>
    public static string Skeleton(int start, IEnumerable<ProblemStep> steps) =>
        start.ToString(CultureInfo.InvariantCulture) + string.Concat(steps.Select(step => step.Second == 0
            ? string.Create(CultureInfo.InvariantCulture, $"{step.Operation}{step.First}")
            : string.Create(CultureInfo.InvariantCulture, $"{step.Operation}{step.First}{step.Second}")));

    public static string Work(IWalkRule rule, Problem problem, Style style, WorkOptions options, ref CounterRandom random)
    {
        var pen = new Pen(options, ref random);
        if (style == Style.Direct)
        {
            return pen.Finish(problem.Answer);
        }

        int state = problem.Numbers[0];
        foreach (ProblemStep step in problem.Steps)
        {
            state = Step(rule, step, state, style, pen);
        }

        if (style != Style.Equations)
        {
            pen.Line($"{pen.Say(Word.So)} {rule.Show(state)}");
        }

        return pen.Finish(rule.Show(state));
    }

    private static int Step(IWalkRule rule, ProblemStep step, int state, Style style, Pen pen)
    {
        Move right = rule.Forward(step, state);
        bool slips = pen.Slips();
        int claimed = slips ? rule.Slip(step, state, ref pen.Random) : right.Result;
        string equation = right.Work + rule.Show(claimed);
        pen.Line(style == Style.Equations ? equation : $"{step.Cue}: {equation}");
        if (style != Style.Checked)
        {
            return claimed;
        }

        Move back = rule.Back(step, claimed);
        Word found = back.Result == state ? Word.Ok : Word.No;
        pen.Line($"{pen.Say(Word.Check)} {back.Work}{rule.Show(back.Result)} {pen.Say(found)}");
        if (slips)
        {
            pen.Line($"{pen.Say(Word.Wait)} {right.Work}{rule.Show(right.Result)}");
        }

        return right.Result;
    }
}
