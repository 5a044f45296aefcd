using Sputnik.Tensors;

namespace Sputnik.Tasks;

/// <summary>Draws an index by relative weights.</summary>
internal static class Choice
{
    public static int Draw(ReadOnlySpan<double> weights, ref CounterRandom random)
    {
        double total = 0;
        foreach (double weight in weights)
        {
            total += weight;
        }

        double left = random.NextDouble() * total;
        int last = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            if (weights[i] <= 0)
            {
                continue;
            }

            last = i;
            left -= weights[i];
            if (left < 0)
            {
                break;
            }
        }

        // Rounding may leave a crumb at the end: the last index of positive weight takes it.
        return last;
    }
}
