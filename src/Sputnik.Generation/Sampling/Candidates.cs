using System.Numerics;
using Sputnik.Tensors;

namespace Sputnik.Generation;

/// <summary>
/// The tokens that may come next and their logits. Filters take tokens away and leave the rest in the order of their ids,
/// so that a filter which keeps everything changes no bit of what is drawn. Every filter looks at the probabilities of
/// what the one before it left, as llama.cpp's do. Allocates once.
/// </summary>
internal sealed class Candidates(int vocabularySize)
{
    // e⁻¹⁶ of the best: what is less likely is looked at only where the likelier ones do not suffice.
    private const float NearLogit = 16;
    private const float NearShare = 1e-7f;

    private readonly int[] _ids = new int[vocabularySize];
    private readonly float[] _logits = new float[vocabularySize];
    private readonly float[] _keys = new float[vocabularySize];
    private readonly float[] _shares = new float[vocabularySize];
    private readonly Selection _selection = new(vocabularySize);

    /// <summary>Tokens that are left.</summary>
    public int Count { get; private set; }

    /// <summary>Their ids, ascending.</summary>
    public ReadOnlySpan<int> Ids => _ids.AsSpan(0, Count);

    /// <summary>Their logits.</summary>
    public Span<float> Logits => _logits.AsSpan(0, Count);

    private Span<float> Keys => _keys.AsSpan(0, Count);

    private Span<float> Shares => _shares.AsSpan(0, Count);

    /// <summary>Begins with every token. [vocabulary]</summary>
    public void Start(ReadOnlySpan<float> logits)
    {
        logits.CopyTo(_logits);
        Count = logits.Length;
        for (int token = 0; token < Count; token++)
        {
            _ids[token] = token;
        }
    }

    /// <summary>Keeps what a mask allows. Only right after <see cref="Start"/>, while index and id are one.</summary>
    public void Allow(TokenMask mask)
    {
        int all = Count;
        Count = 0;
        ReadOnlySpan<ulong> words = mask.Words;
        for (int word = 0; word < words.Length; word++)
        {
            for (ulong bits = words[word]; bits != 0; bits &= bits - 1)
            {
                int token = (64 * word) + BitOperations.TrailingZeroCount(bits);
                if (token < all)
                {
                    Take(token);
                }
            }
        }
    }

    /// <summary>Keeps the <paramref name="k"/> most likely.</summary>
    public void TopK(int k)
    {
        if (k >= Count)
        {
            return;
        }

        Logits.CopyTo(_keys);
        _selection.Start(Keys, _keys[Sampler.Greedy(Keys)] - NearLogit);
        if (_selection.Count < k)
        {
            _selection.Start(Keys, float.NegativeInfinity);
        }

        int last = 0;
        for (int taken = 0; taken < k; taken++)
        {
            last = _selection.Next(Keys);
        }

        KeepThrough(last);
    }

    /// <summary>Keeps the most likely until their mass reaches <paramref name="mass"/>.</summary>
    public void TopP(float mass)
    {
        Softmax.Probabilities(Logits, 1, _shares);
        Shares.CopyTo(_keys);
        float near = _keys[Sampler.Greedy(Keys)] * NearShare;
        KeepThrough(Reach(mass, near) ?? Reach(mass, 0) ?? Least());
    }

    /// <summary>Keeps those nearest to the entropy until their mass reaches <paramref name="mass"/>. Source: arXiv 2202.00666 §3.</summary>
    public void Typical(float mass)
    {
        Softmax.Probabilities(Logits, 1, _shares);
        float entropy = Softmax.Entropy(Logits, 1);
        float logTotal = _logits[0] - Softmax.LogProb(Logits, 1, 0);
        for (int index = 0; index < Count; index++)
        {
            _keys[index] = -MathF.Abs(_logits[index] - logTotal + entropy);
        }

        KeepThrough(Reach(mass, float.NegativeInfinity) ?? Least());
    }

    /// <summary>Keeps those at least <paramref name="share"/> times as likely as the best.</summary>
    public void MinP(float share)
    {
        Softmax.Probabilities(Logits, 1, _shares);
        float least = _shares[Sampler.Greedy(Logits)] * share;
        int all = Count;
        Count = 0;
        for (int index = 0; index < all; index++)
        {
            if (_shares[index] >= least)
            {
                Take(index);
            }
        }
    }

    /// <summary>The token a uniform number falls on; at temperature 0 the most likely.</summary>
    public int Pick(float temperature, float uniform)
    {
        if (Sampler.IsGreedy(temperature))
        {
            return _ids[Sampler.Greedy(Logits)];
        }

        Softmax.Probabilities(Logits, temperature, _shares);
        return _ids[Sampler.Pick(Shares, uniform)];
    }

    /// <summary>The index with which the mass is reached, among keys of at least <paramref name="floor"/>; null where they do not suffice.</summary>
    private int? Reach(float mass, float floor)
    {
        _selection.Start(Keys, floor);
        float sum = 0;
        while (_selection.Count > 0)
        {
            int index = _selection.Next(Keys);
            sum += _shares[index];
            if (sum >= mass)
            {
                return index;
            }
        }

        return null;
    }

    private int Least()
    {
        int least = 0;
        for (int index = 1; index < Count; index++)
        {
            least = Selection.Before(Keys, least, index) ? index : least;
        }

        return least;
    }

    private void KeepThrough(int last)
    {
        float key = _keys[last];
        int all = Count;
        Count = 0;
        for (int index = 0; index < all; index++)
        {
            if (_keys[index] > key || (_keys[index] == key && index <= last))
            {
                Take(index);
            }
        }
    }

    private void Take(int index)
    {
        _ids[Count] = _ids[index];
        _logits[Count++] = _logits[index];
    }
}
