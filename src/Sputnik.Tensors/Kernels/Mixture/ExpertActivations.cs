namespace Sputnik.Tensors;

/// <summary>What the experts compute on gathered rows, or its gradients.</summary>
/// <param name="X">Gathered inputs. [choices, dim]</param>
/// <param name="Gate">Gate x. [choices, hidden]</param>
/// <param name="Up">Up x. [choices, hidden]</param>
/// <param name="Hidden">SwiGlu of both. [choices, hidden]</param>
/// <param name="Z">Down of it. [choices, dim]</param>
internal readonly record struct ExpertActivations(Tensor X, Tensor Gate, Tensor Up, Tensor Hidden, Tensor Z)
{
    /// <summary>Room for all of it, not cleared.</summary>
    public static ExpertActivations Allocate(Arena arena, int choices, int dim, int hidden) => new(
        arena.Allocate(choices, dim),
        arena.Allocate(choices, hidden),
        arena.Allocate(choices, hidden),
        arena.Allocate(choices, hidden),
        arena.Allocate(choices, dim));
}
