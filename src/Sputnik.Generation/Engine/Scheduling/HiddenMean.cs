namespace Sputnik.Generation;

/// <summary>
/// The embedding of a text from the hidden states h₀ … hₙ₋₁ of its positions after the last norm: m / ‖m‖₂ where
/// m = (h₀ + … + hₙ₋₁) / n. Sums are in double, position after position and column after column, and rounded to float once
/// at the end, so neither chunks nor company nor being computed twice show in it.
/// </summary>
internal sealed class HiddenMean
{
    private double[] _sums = [];
    private int _positions;

    /// <summary>Takes the hidden state of a position; a second time changes nothing.</summary>
    public void Take(int position, ReadOnlySpan<float> hidden)
    {
        if (position != _positions)
        {
            return;
        }

        _sums = position == 0 ? new double[hidden.Length] : _sums;
        for (int column = 0; column < hidden.Length; column++)
        {
            _sums[column] += hidden[column];
        }

        _positions++;
    }

    /// <summary>The mean of what was taken, of length 1.</summary>
    /// <exception cref="InvalidOperationException">The mean has no direction: it is zero or no finite numbers.</exception>
    public float[] Direction()
    {
        double squares = 0;
        foreach (double sum in _sums)
        {
            double mean = sum / _positions;
            squares += mean * mean;
        }

        double length = Math.Sqrt(squares);
        return length > 0 && double.IsFinite(length)
            ? [.. _sums.Select(sum => (float)(sum / _positions / length))]
            : throw new InvalidOperationException($"The mean of the model's hidden states has length {length}: its weights are damaged or overflow.");
    }
}
