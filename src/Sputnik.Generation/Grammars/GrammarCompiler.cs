using Sputnik.Generation.Grammars;
using Sputnik.Text;

namespace Sputnik.Generation;

/// <summary>
/// Makes guides of formats, over one vocabulary. Grammars that were asked for lately are kept with all they have learnt. For
/// any number of threads.
/// </summary>
/// <param name="tokenizer">The vocabulary.</param>
public sealed class GrammarCompiler(Tokenizer tokenizer)
{
    private readonly Lazy<TokenTrie> _trie = new(() => new(tokenizer));
    private readonly Dictionary<string, CompiledGrammar> _compiled = [];
    private readonly Queue<string> _order = new();
    private readonly Lock _lock = new();

    /// <summary>Makes the guides of a format, each for one answer; null where any text will do.</summary>
    /// <param name="format">What the answer must look like.</param>
    /// <param name="afterThinking">Whether up to two line ends may come first, as models write them behind their thinking.</param>
    /// <exception cref="ArgumentException">The source is malformed or too large.</exception>
    /// <exception cref="NotSupportedException">It asks for something that is not built, which the message names.</exception>
    public Func<GrammarGuide>? Compile(AnswerFormat format, bool afterThinking = false)
    {
        ArgumentNullException.ThrowIfNull(format);
        if (format.Kind == AnswerFormatKind.Text)
        {
            return null;
        }

        CompiledGrammar grammar = Compiled($"{format.Kind} {afterThinking} {format.Source}", () => FormatGrammar.Of(format, afterThinking));
        return () => new(grammar);
    }

    internal CompiledGrammar Compiled(string key, Func<Grammar> build)
    {
        lock (_lock)
        {
            if (_compiled.TryGetValue(key, out CompiledGrammar? known))
            {
                return known;
            }
        }

        // Built outside of the lock: a large grammar of one caller keeps no other waiting. Two may build the same; one is kept.
        CompiledGrammar built = new CompiledGrammar(build(), tokenizer, _trie.Value).Prepared();
        lock (_lock)
        {
            if (_compiled.TryAdd(key, built))
            {
                _order.Enqueue(key);
            }

            while (_order.Count > GrammarLimits.Grammars)
            {
                _compiled.Remove(_order.Dequeue());
            }

            return built;
        }
    }
}
