namespace Sputnik.Tensors;

public sealed partial class Ops
{
    private readonly ExpertParts _parts = new();

    /// <summary>
    /// y[r] = Σ over the row's experts, in ascending expert number, of weight · Down(SwiGlu(Gate x, Up x)). Rows are gathered
    /// by expert and multiplied together; a row's bits do not depend on its companions. [rows, dim] → [rows, dim]
    /// </summary>
    public Tensor Experts(Tensor x, Routing routing, IReadOnlyList<Expert> experts)
    {
        int hidden = Check(x, routing, experts);
        Tensor y = New(x.Rows, x.Cols);
        ArenaMark mark = arena.Mark();
        ExpertMixture mixture = new(workers, _parts, experts, routing, ExpertRows.Sort(arena, routing));
        ExpertActivations a = ExpertActivations.Allocate(arena, mixture.Sorted.Count, x.Cols, hidden);
        mixture.Forward(x, a, y);
        if (tape is null)
        {
            arena.Release(mark);
        }
        else
        {
            RecordExperts(tape, mixture, x, a, y);
        }

        return y;
    }

    private void RecordExperts(Tape tape, ExpertMixture mixture, Tensor x, ExpertActivations a, Tensor y) => tape.Record(() =>
    {
        if (!tape.HasGrad(y))
        {
            return;
        }

        Tensor dy = tape.Grad(y);
        Tensor dx = tape.Grad(x);
        Tensor dWeights = tape.Grad(mixture.Routing.Weights);
        ArenaMark mark = arena.Mark();
        ExpertActivations d = ExpertActivations.Allocate(arena, a.X.Rows, a.X.Cols, a.Gate.Cols);
        mixture.Backward(a, d, dy, dx, dWeights);
        arena.Release(mark);
    });

    private static int Check(Tensor x, Routing routing, IReadOnlyList<Expert> experts)
    {
        if (routing.Affinities.Rows != x.Rows || routing.Affinities.Cols != experts.Count)
        {
            throw new ArgumentException(
                $"The routing is for {routing.Affinities.Rows} rows and {routing.Affinities.Cols} experts, got {x.Rows} and {experts.Count}.",
                nameof(routing));
        }

        int hidden = experts[0].Gate.Out;
        for (int e = 0; e < experts.Count; e++)
        {
            Check(experts[e].Gate, hidden, x.Cols);
            Check(experts[e].Up, hidden, x.Cols);
            Check(experts[e].Down, x.Cols, hidden);
        }

        return hidden;
    }

    private static void Check(Weight weight, int @out, int @in)
    {
        if (weight.Out != @out || weight.In != @in)
        {
            throw new ArgumentException($"'{weight.Name}' must be [{@out}, {@in}] here, it is [{weight.Out}, {weight.In}].");
        }
    }
}
