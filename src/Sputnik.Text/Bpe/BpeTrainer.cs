using System.Runtime.InteropServices;
using System.Text;

namespace Sputnik.Text;

/// <summary>
/// Learns a byte-level BPE vocabulary: the most frequent pair of neighbours inside a piece becomes a token, again and
/// again. Among equally frequent pairs the one with the lower left id wins, then the lower right id, so the same
/// documents give the same vocabulary in any order. (Sennrich et al. 2016, arXiv:1508.07909, over bytes.)
/// </summary>
public sealed class BpeTrainer
{
    // A pair seen once saves one token in the whole corpus: not worth an entry.
    private const long FewestOccurrences = 2;

    private readonly List<(int[] Symbols, long Count)> _words = [];
    private readonly Dictionary<(int Left, int Right), Pair> _pairs = [];
    private readonly PriorityQueue<(int Left, int Right), (long Negated, int Left, int Right)> _queue = new();

    private BpeTrainer(Dictionary<string, long> pieces)
    {
        foreach ((string piece, long count) in pieces)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(piece);
            int[] symbols = Array.ConvertAll(bytes, b => SpecialTokens.Count + b);
            _words.Add((symbols, count));
            CountPairs(_words.Count - 1, symbols, count);
        }

        foreach (((int Left, int Right) pair, Pair state) in _pairs)
        {
            Enqueue(pair, state);
        }
    }

    /// <summary>
    /// Learns a vocabulary from plain text. Ids: the special tokens 0 to 5 in the order of their declaration, then the 256
    /// bytes, then the merges as learned; so special ids are the same at every size.
    /// </summary>
    /// <param name="documents">The texts; special tokens do not belong in them.</param>
    /// <param name="vocabularySize">Ids at most, at least 262. There are fewer when no pair occurs twice any more.</param>
    /// <param name="specials">The special tokens.</param>
    public static Tokenizer Train(IEnumerable<string> documents, int vocabularySize, SpecialTokens specials)
    {
        ArgumentNullException.ThrowIfNull(documents);
        int first = SpecialTokens.Count + 256;
        ArgumentOutOfRangeException.ThrowIfLessThan(vocabularySize, first);
        string[] texts = specials.Validate().All;

        var tokens = new List<byte[]>(vocabularySize);
        tokens.AddRange(texts.Select(Encoding.UTF8.GetBytes));
        tokens.AddRange(Enumerable.Range(0, 256).Select(b => new[] { (byte)b }));

        var trainer = new BpeTrainer(CountPieces(documents));
        var merges = new BpeMerges();
        while (tokens.Count < vocabularySize && trainer.TryTakeBest(out (int Left, int Right) best))
        {
            int id = tokens.Count;
            byte[] bytes = [.. tokens[best.Left], .. tokens[best.Right]];
            if (texts.Contains(ByteAlphabet.Spell(bytes)))
            {
                continue; // a vocabulary file could not tell the two apart
            }

            tokens.Add(bytes);
            merges.TryAdd(best.Left, best.Right, id);
            trainer.Apply(best, id);
        }

        return Assemble(tokens, merges, specials);
    }

    private static Tokenizer Assemble(List<byte[]> tokens, BpeMerges merges, SpecialTokens specials)
    {
        var ids = new SpecialIds(0, 1, 2, 3, 4, 5);
        var builder = new Vocabulary.Builder(tokens.Count);
        foreach (byte[] bytes in tokens)
        {
            int id = builder.Count;
            TokenKind added = ids.IsControl(id) ? TokenKind.Control : TokenKind.UserDefined;
            builder.Add(bytes, ids.Contains(id) ? added : TokenKind.Normal);
        }

        Vocabulary vocabulary = builder.Build();
        return new Tokenizer(new TokenizerParts
        {
            Vocabulary = vocabulary,
            Symbols = new SymbolReader(vocabulary, characters: false, unknown: null),
            Merges = merges,
            Cut = PreTokenizer.Sputnik,
            Added = [.. specials.All.Select((text, id) => new AddedToken(id, text) { Control = ids.IsControl(id) })],
            SpecialTokens = specials,
            BosId = ids.BeginOfSentence,
            EosId = ids.EndOfSentence,
            PaddingId = ids.EndOfSentence,
        });
    }

    private static Dictionary<string, long> CountPieces(IEnumerable<string> documents)
    {
        var pieces = new Dictionary<string, long>(StringComparer.Ordinal);
        Dictionary<string, long>.AlternateLookup<ReadOnlySpan<char>> bySpan = pieces.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (string document in documents)
        {
            var scanner = new PieceScanner(document);
            while (scanner.Next(out ReadOnlySpan<char> piece))
            {
                CollectionsMarshal.GetValueRefOrAddDefault(bySpan, piece, out _)++;
            }
        }

        return pieces;
    }

    /// <summary>The most frequent pair. Counts in the queue may be too high, never too low: those go back with the true one.</summary>
    private bool TryTakeBest(out (int Left, int Right) best)
    {
        while (_queue.TryDequeue(out best, out (long Negated, int Left, int Right) queued))
        {
            Pair state = _pairs[best];
            if (state.Count == -queued.Negated)
            {
                return true;
            }

            Enqueue(best, state);
        }

        return false;
    }

    private void Enqueue((int Left, int Right) pair, Pair state)
    {
        if (state.Count >= FewestOccurrences)
        {
            _queue.Enqueue(pair, (-state.Count, pair.Left, pair.Right));
        }
    }

    private void Apply((int Left, int Right) pair, int id)
    {
        _pairs.Remove(pair, out Pair? merged);
        var born = new HashSet<(int Left, int Right)>();
        foreach (int word in merged?.Words ?? [])
        {
            (int[] symbols, long count) = _words[word];
            int[] shorter = Replace(symbols, pair, id);
            if (shorter.Length == symbols.Length)
            {
                continue; // listed twice, done already
            }

            CountPairs(word, symbols, -count);
            CountPairs(word, shorter, count);
            _words[word] = (shorter, count);
            for (int i = 1; i < shorter.Length; i++)
            {
                if (shorter[i - 1] == id || shorter[i] == id)
                {
                    born.Add((shorter[i - 1], shorter[i]));
                }
            }
        }

        _pairs.Remove(pair); // counting down brought it back
        foreach ((int Left, int Right) neighbours in born)
        {
            Enqueue(neighbours, _pairs[neighbours]);
        }
    }

    private void CountPairs(int word, int[] symbols, long count)
    {
        for (int i = 1; i < symbols.Length; i++)
        {
            ref Pair? pair = ref CollectionsMarshal.GetValueRefOrAddDefault(_pairs, (symbols[i - 1], symbols[i]), out _);
            pair ??= new Pair();
            pair.Count += count;
            if (count > 0 && (pair.Words.Count == 0 || pair.Words[^1] != word))
            {
                pair.Words.Add(word);
            }
        }
    }

    private static int[] Replace(int[] symbols, (int Left, int Right) pair, int id)
    {
        var result = new List<int>(symbols.Length);
        for (int i = 0; i < symbols.Length; i++)
        {
            bool here = i + 1 < symbols.Length && symbols[i] == pair.Left && symbols[i + 1] == pair.Right;
            result.Add(here ? id : symbols[i]);
            i += here ? 1 : 0;
        }

        return [.. result];
    }

    private sealed class Pair
    {
        public long Count { get; set; }

        /// <summary>Words it occurs in or did; one may be listed twice.</summary>
        public List<int> Words { get; } = [];
    }
}
