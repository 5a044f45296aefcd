using System.Runtime.InteropServices;
using System.Text;

namespace Sputnik.Text;

/// <summary>What one piece of text is in tokens. Not for several threads at once; what is <see cref="Shared"/> is.</summary>
internal sealed class PieceEncoder(PieceEncoder.Shared shared)
{
    private readonly BpeMerger _merger = new(shared.Merges);
    private readonly List<int> _symbols = [];
    private byte[] _utf8 = new byte[256];

    /// <summary>Appends the ids of one piece.</summary>
    public void Encode(ReadOnlySpan<char> piece, List<int> ids)
    {
        int most = Encoding.UTF8.GetMaxByteCount(piece.Length);
        if (_utf8.Length < most)
        {
            _utf8 = new byte[most];
        }

        ReadOnlySpan<byte> utf8 = _utf8.AsSpan(0, Encoding.UTF8.GetBytes(piece, _utf8));
        if (!shared.Vocabulary.TryFind(utf8, out int whole))
        {
            Merge(utf8, ids);
        }
        else if (IsReached(whole, utf8))
        {
            ids.Add(whole);
        }
        else
        {
            Merge(utf8, ids);
        }
    }

    private void Merge(ReadOnlySpan<byte> utf8, List<int> ids)
    {
        _symbols.Clear();
        shared.Symbols.Read(utf8, _symbols);
        _merger.Merge(CollectionsMarshal.AsSpan(_symbols), ids);
    }

    /// <summary>Whether merging gives this token for its own bytes. Found once and remembered.</summary>
    private bool IsReached(int id, ReadOnlySpan<byte> utf8)
    {
        if (shared.Reached[id] == Reach.Untried)
        {
            List<int> ids = [];
            Merge(utf8, ids);
            shared.Reached[id] = ids is [var only] && only == id ? Reach.Yes : Reach.No;
        }

        return shared.Reached[id] == Reach.Yes;
    }

    /// <summary>Whether merging gives a token for its bytes.</summary>
    internal enum Reach : byte
    {
        Untried,
        Yes,
        No,
    }

    /// <summary>What every encoder of one tokenizer uses. Threads that try a token at once find the same.</summary>
    internal sealed class Shared(TokenizerParts parts)
    {
        public Vocabulary Vocabulary { get; } = parts.Vocabulary;

        public BpeMerges Merges { get; } = parts.Merges;

        public SymbolReader Symbols { get; } = parts.Symbols;

        public Reach[] Reached { get; } = Tried(parts);

        private static Reach[] Tried(TokenizerParts parts)
        {
            Reach[] reached = new Reach[parts.Vocabulary.Count];
            Array.Fill(reached, parts.IgnoreMerges ? Reach.Yes : Reach.Untried);
            return reached;
        }
    }
}
