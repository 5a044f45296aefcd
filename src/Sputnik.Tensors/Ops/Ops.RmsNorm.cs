namespace Sputnik.Tensors;

public sealed partial class Ops
{
    /// <summary>
    /// y = (x / √(mean(x²) + epsilon)) · gain over each group of gain.In columns: whole rows, or every head by itself.
    /// [rows, groups · In] → same
    /// </summary>
    public Tensor RmsNorm(Tensor x, Weight gain, float epsilon) => throw new NotImplementedException();
}
