using System.Buffers;
using System.Text;

namespace Sputnik.Text;

/// <summary>Finds added tokens in text: the leftmost one, the longest of those that begin there.</summary>
internal sealed class AddedTokenTrie
{
    private readonly Dictionary<(int Node, char Next), int> _edges = [];
    private readonly Dictionary<int, AddedToken> _tokens = [];
    private readonly SearchValues<char> _firsts;

    /// <param name="tokens">The tokens; of those with one text the first counts.</param>
    public AddedTokenTrie(IEnumerable<AddedToken> tokens)
    {
        int nodes = 1;
        foreach (AddedToken token in tokens)
        {
            int node = 0;
            foreach (char c in token.Content)
            {
                if (!_edges.TryGetValue((node, c), out int next))
                {
                    _edges[(node, c)] = next = nodes++;
                }

                node = next;
            }

            _tokens.TryAdd(node, token);
        }

        _firsts = SearchValues.Create([.. _edges.Keys.Where(edge => edge.Node == 0).Select(edge => edge.Next)]);
    }

    /// <summary>Whether there is nothing to find.</summary>
    public bool IsEmpty => _tokens.Count == 0;

    /// <summary>The next token from an offset on and where it stands; false when there is none.</summary>
    public bool TryFind(ReadOnlySpan<char> text, int start, out AddedToken token, out int at)
    {
        for (at = start; at < text.Length; at++)
        {
            int skipped = text[at..].IndexOfAny(_firsts);
            if (skipped < 0)
            {
                break;
            }

            at += skipped;
            if (TryMatch(text, at, out token))
            {
                return true;
            }
        }

        token = default;
        at = text.Length;
        return false;
    }

    private bool TryMatch(ReadOnlySpan<char> text, int at, out AddedToken longest)
    {
        longest = default;
        bool found = false;
        int node = 0;
        for (int end = at; end < text.Length && _edges.TryGetValue((node, text[end]), out node); end++)
        {
            if (_tokens.TryGetValue(node, out AddedToken token) && (!token.SingleWord || IsWord(text, at, end + 1)))
            {
                longest = token;
                found = true;
            }
        }

        return found;
    }

    private static bool IsWord(ReadOnlySpan<char> text, int start, int end)
    {
        bool joinedBefore = start > 0 && Rune.DecodeLastFromUtf16(text[..start], out Rune before, out _) == default && IsWordRune(before);
        return !joinedBefore && (end == text.Length || !IsWordRune(Runes.At(text, end, out _)));
    }

    private static bool IsWordRune(Rune rune) => Rune.IsLetterOrDigit(rune) || rune.Value == '_';
}
