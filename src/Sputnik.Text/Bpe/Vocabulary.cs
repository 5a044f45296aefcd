using System.Runtime.InteropServices;

namespace Sputnik.Text;

/// <summary>The bytes and the kind of every token, and normal tokens by their bytes: a few arrays, however many tokens there are.</summary>
internal sealed class Vocabulary
{
    private readonly byte[] _bytes;
    private readonly int[] _starts;
    private readonly TokenKind[] _kinds;
    private readonly int[] _slots;

    private Vocabulary(byte[] bytes, int[] starts, TokenKind[] kinds)
    {
        _bytes = bytes;
        _starts = starts;
        _kinds = kinds;
        _slots = new int[System.Numerics.BitOperations.RoundUpToPowerOf2((uint)(kinds.Length * 2) + 1)];
        for (int id = 0; id < kinds.Length; id++)
        {
            ref int slot = ref SlotOf(Bytes(id));
            if (kinds[id] == TokenKind.Normal && slot == 0)
            {
                slot = id + 1;
            }
        }
    }

    /// <summary>How many tokens there are.</summary>
    public int Count => _kinds.Length;

    /// <summary>The bytes of a token, which may be a part of a character.</summary>
    public ReadOnlySpan<byte> Bytes(int id) => new(_bytes, _starts[id], _starts[id + 1] - _starts[id]);

    /// <summary>What a token is.</summary>
    public TokenKind Kind(int id) => _kinds[id];

    /// <summary>The normal token of these bytes, the first one if there are several.</summary>
    public bool TryFind(ReadOnlySpan<byte> bytes, out int id)
    {
        id = SlotOf(bytes) - 1;
        return id >= 0;
    }

    private ref int SlotOf(ReadOnlySpan<byte> bytes)
    {
        // The hash has a seed of its own in every process, so that no file is made to collide; the ids do not depend on it.
        HashCode hash = default;
        hash.AddBytes(bytes);
        int mask = _slots.Length - 1;
        int at = hash.ToHashCode() & mask;
        while (_slots[at] != 0 && !Bytes(_slots[at] - 1).SequenceEqual(bytes))
        {
            at = (at + 1) & mask;
        }

        return ref _slots[at];
    }

    /// <summary>Gathers tokens in the order of their ids.</summary>
    public sealed class Builder(int capacity)
    {
        private readonly List<byte> _bytes = new(capacity * 8);
        private readonly List<int> _starts = new(capacity + 1) { 0 };
        private readonly List<TokenKind> _kinds = new(capacity);

        /// <summary>How many tokens there are so far: the next id.</summary>
        public int Count => _kinds.Count;

        /// <summary>Adds the next token.</summary>
        public void Add(ReadOnlySpan<byte> bytes, TokenKind kind)
        {
            _bytes.AddRange(bytes);
            _starts.Add(_bytes.Count);
            _kinds.Add(kind);
        }

        /// <summary>The tokens added.</summary>
        public Vocabulary Build() => new([.. CollectionsMarshal.AsSpan(_bytes)], [.. _starts], [.. _kinds]);
    }
}
