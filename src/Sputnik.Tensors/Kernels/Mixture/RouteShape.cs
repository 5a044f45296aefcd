namespace Sputnik.Tensors;

/// <summary>A router's settings as kernels see them.</summary>
internal readonly record struct RouteShape(int Experts, int TopK, int Groups, int GroupsKept, bool Sigmoid, bool Normalise, float Scaling)
{
    /// <summary>Experts that stand together.</summary>
    public int GroupSize => Experts / Groups;
}
