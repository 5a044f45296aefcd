namespace Sputnik.Tensors;

public sealed partial class Ops
{
    /// <summary>
    /// Rotates, in every group of <paramref name="headCols"/> columns, the table.Dim columns from <paramref name="start"/>
    /// by the row's position; the others pass. [rows, heads · headCols] → same
    /// </summary>
    public Tensor Rope(Tensor x, Batch batch, RopeTable table, int headCols, int start = 0) => throw new NotImplementedException();
}
