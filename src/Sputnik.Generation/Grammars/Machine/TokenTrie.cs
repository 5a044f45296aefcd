using Sputnik.Text;

namespace Sputnik.Generation.Grammars;

/// <summary>
/// The tokens of a vocabulary that are text, as a tree of their bytes laid flat: each node knows where the tree goes on
/// when nothing below it can match. Control tokens and tags are not in it.
/// </summary>
internal sealed class TokenTrie
{
    private readonly byte[] _labels;
    private readonly ushort[] _depths;
    private readonly int[] _skips;
    private readonly int[] _firstTokens;
    private readonly int[] _tokens;
    private readonly int _deepest;

    public TokenTrie(Tokenizer tokenizer)
    {
        VocabularySize = tokenizer.VocabularySize;
        EndIds = tokenizer.EndIds;
        _tokens = [.. Enumerable.Range(0, tokenizer.VocabularySize).Where(id => IsText(tokenizer, id))];
        Array.Sort(_tokens, (a, b) => tokenizer.Bytes(a).SequenceCompareTo(tokenizer.Bytes(b)) is not 0 and int order ? order : a - b);

        List<byte> labels = [];
        List<ushort> depths = [];
        List<int> firsts = [], skips = [];
        List<int> path = [];
        byte[] last = [];
        for (int i = 0; i < _tokens.Length; i++)
        {
            ReadOnlySpan<byte> bytes = tokenizer.Bytes(_tokens[i]);
            int common = bytes.CommonPrefixLength(last);
            Close(common);
            for (int depth = common; depth < bytes.Length; depth++)
            {
                path.Add(labels.Count);
                labels.Add(bytes[depth]);
                depths.Add((ushort)(depth + 1));
                skips.Add(0);
                firsts.Add(i);
            }

            last = bytes.ToArray();
        }

        Close(0);
        firsts.Add(_tokens.Length);
        (_labels, _depths, _skips, _firstTokens) = ([.. labels], [.. depths], [.. skips], [.. firsts]);
        _deepest = _depths.DefaultIfEmpty<ushort>(0).Max();

        void Close(int depth)
        {
            for (int open = path.Count - 1; open >= depth; open--)
            {
                skips[path[open]] = labels.Count;
                path.RemoveAt(open);
            }
        }
    }

    /// <summary>Tokens of the vocabulary.</summary>
    public int VocabularySize { get; }

    /// <summary>Tokens that end an answer.</summary>
    public IReadOnlyList<int> EndIds { get; }

    /// <summary>Whether a token is text that a grammar may ask for.</summary>
    public static bool IsText(Tokenizer tokenizer, int id)
    {
        ReadOnlySpan<byte> bytes = tokenizer.Bytes(id);
        return bytes.Length is > 0 and <= ushort.MaxValue && tokenizer.Kind(id) switch
        {
            TokenKind.Normal or TokenKind.Byte => true,
            TokenKind.UserDefined => (bytes[0], bytes[^1]) is not (((byte)'<', (byte)'>') or ((byte)'[', (byte)']')),
            _ => false,
        };
    }

    /// <summary>
    /// One bit a token that may follow a state, the end tokens among them where the text may end. Not whole where the grammar
    /// would cost too much.
    /// </summary>
    public ulong[] Mask(GrammarMachine machine, GrammarState state, out bool isWhole)
    {
        long cost = 0;
        machine.BeginWalk();
        ulong[] words = new ulong[(VocabularySize + 63) / 64];
        var states = new GrammarState[_deepest + 1];
        states[0] = state;
        for (int node = 0; node < _labels.Length && cost <= GrammarLimits.StepsOfAMask;)
        {
            int depth = _depths[node];
            GrammarState next = machine.Step(states[depth - 1], _labels[node], ref cost);
            if (next.IsDead)
            {
                node = _skips[node];
                continue;
            }

            states[depth] = next;
            Set(words, _tokens.AsSpan(_firstTokens[node].._firstTokens[node + 1]));
            node++;
        }

        isWhole = cost <= GrammarLimits.StepsOfAMask;
        Set(words, [.. machine.NamedTokens(state)]);
        Set(words, state.Accepts ? [.. EndIds] : []);
        return words;
    }

    private static void Set(ulong[] words, ReadOnlySpan<int> tokens)
    {
        foreach (int token in tokens)
        {
            words[token / 64] |= 1UL << (token % 64);
        }
    }
}
