using System.Runtime.Intrinsics;

namespace Sputnik.Tensors;

/// <summary>The results of a panel: 16 outputs, fewer where the weight ends.</summary>
internal static unsafe class PanelResult
{
    /// <summary>Writes those that exist.</summary>
    public static void Store(Vector512<float> results, float* y, int outputs)
    {
        if (outputs == QuantPanels.Rows)
        {
            results.Store(y);
            return;
        }

        for (int i = 0; i < outputs; i++)
        {
            y[i] = results[i];
        }
    }
}
