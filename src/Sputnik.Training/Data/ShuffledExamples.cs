using Sputnik.Tensors;

namespace Sputnik.Training;

/// <summary>
/// Epochs over a fixed set of examples, each epoch in an order of its own: what fine-tuning and distillation read. The number
/// of examples handed out says everything about where it stands.
/// </summary>
public sealed class ShuffledExamples
{
    private readonly IReadOnlyList<ScoredSequence> _examples;
    private readonly int _tokensPerStep;
    private readonly CounterRandom _random;
    private int[] _order = [];
    private ulong _orderOf = ulong.MaxValue;

    /// <summary>Steps of at most <paramref name="tokensPerStep"/> tokens over <paramref name="examples"/>.</summary>
    public ShuffledExamples(IReadOnlyList<ScoredSequence> examples, int tokensPerStep, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(tokensPerStep);
        if (examples.Count == 0)
        {
            throw new ArgumentException("There are no examples to learn from.", nameof(examples));
        }

        _examples = examples;
        _tokensPerStep = tokensPerStep;
        _random = new(seed, "order of examples");
    }

    /// <summary>Examples handed out so far, over all epochs: store it to resume, set it to go on.</summary>
    public ulong Cursor { get; set; }

    /// <summary>Epochs finished.</summary>
    public ulong Epoch => Cursor / (ulong)_examples.Count;

    /// <summary>The examples of the next step; a step ends with its epoch.</summary>
    public IReadOnlyList<ScoredSequence> Next()
    {
        List<ScoredSequence> step = [];
        ulong epoch = Epoch;
        int tokens = 0;
        do
        {
            ScoredSequence example = _examples[OrderOf(epoch)[Cursor % (ulong)_examples.Count]];
            tokens += example.Tokens.Length;
            if (step.Count > 0 && tokens > _tokensPerStep)
            {
                break;
            }

            step.Add(example);
            Cursor++;
        }
        while (Epoch == epoch);

        return step;
    }

    /// <summary>Steps that <paramref name="epochs"/> epochs take from the start: what a schedule is spread over.</summary>
    public long StepsIn(int epochs)
    {
        ulong cursor = Cursor;
        Cursor = 0;
        long steps = 0;
        for (; Epoch < (ulong)epochs; steps++)
        {
            Next();
        }

        Cursor = cursor;
        return steps;
    }

    /// <summary>Fisher and Yates' shuffle.</summary>
    private int[] OrderOf(ulong epoch)
    {
        if (_orderOf != epoch)
        {
            CounterRandom random = _random.Split(epoch);
            _order = [.. Enumerable.Range(0, _examples.Count)];
            for (int i = _order.Length - 1; i > 0; i--)
            {
                int j = random.NextInt(0, i);
                (_order[i], _order[j]) = (_order[j], _order[i]);
            }

            _orderOf = epoch;
        }

        return _order;
    }
}
