using Sputnik.Generation.Grammars;
using Sputnik.Text;

namespace Sputnik.Generation;

/// <summary>
/// Makes guides of formats and functions, over one vocabulary. Grammars that were asked for lately are kept with all they
/// have learnt. For any number of threads.
/// </summary>
/// <param name="tokenizer">The vocabulary.</param>
public sealed class GrammarCompiler(Tokenizer tokenizer)
{
    private readonly Lazy<TokenTrie> _trie = new(() => new(tokenizer));
    private readonly Dictionary<string, CompiledGrammar> _compiled = [];
    private readonly List<string> _order = [];
    private readonly Lock _lock = new();

    // SentencePiece writes a space before a text, and models before an answer; decoding takes it away again.
    private readonly bool _afterSpace = tokenizer.Bytes(tokenizer.Encode("{")[0]) is [(byte)' ', ..];

    /// <summary>Makes the guides of a format, each for one answer; null where any text will do.</summary>
    /// <param name="format">What the answer must look like.</param>
    /// <param name="afterThinking">Whether up to two line ends may come first, as models write them behind their thinking.</param>
    /// <exception cref="ArgumentException">The source is malformed or too large.</exception>
    /// <exception cref="NotSupportedException">It asks for something that is not built, which the message names.</exception>
    public Func<GrammarGuide>? Compile(AnswerFormat format, bool afterThinking = false)
    {
        ArgumentNullException.ThrowIfNull(format);
        return format.Kind == AnswerFormatKind.Text
            ? null
            : Guides($"{format.Kind} {afterThinking} {format.Source}", builder => FormatGrammar.Body(builder, format), afterThinking);
    }

    /// <summary>
    /// Makes the guides of a request, each for one choice: its format, or the calls that it demands, or either where it has
    /// a format and may call. Where the model decides, text is free, and calls of strict functions are held to their schemas;
    /// calls that are demanded are held to every schema that can be built. Null where any text will do.
    /// </summary>
    /// <param name="request">The format, the functions and the choice among them.</param>
    /// <param name="dialect">How the model writes calls; null where it writes none.</param>
    /// <param name="afterThinking">As in <see cref="Compile(AnswerFormat, bool)"/>.</param>
    /// <exception cref="ArgumentException">A source is malformed or too large, or the choice names a function that is not there.</exception>
    /// <exception cref="NotSupportedException">Something is not built, which the message names.</exception>
    public Func<GrammarGuide>? Compile(AnswerRequest request, ToolDialect? dialect, bool afterThinking = false)
    {
        ArgumentNullException.ThrowIfNull(request);
        bool demanded = request.ToolChoice.Mode == ToolChoiceMode.Required;
        ToolDefinition[] tools = Chosen(request);
        if (tools.Length == 0)
        {
            return Compile(request.Format, afterThinking);
        }

        ToolDialect form = dialect ?? throw new NotSupportedException("This model's template has no functions, or its calls are written in a way that is not read.");
        bool free = !demanded && request.Format.Kind == AnswerFormatKind.Text;
        if (free && !Array.Exists(tools, tool => tool.Strict))
        {
            return null;
        }

        string key = GrammarLimits.Checked(string.Join('\n', tools.Select(tool => $"{tool.Name} {tool.Strict} {tool.Parameters}")), "functions");
        return Guides(
            $"{form.Kind} {demanded} {request.ParallelToolCalls} {afterThinking} {request.Format}\n{key}",
            builder =>
            {
                ToolGrammar calls = new(builder, form, tokenizer);
                return demanded ? calls.Demanded(tools, request.ParallelToolCalls)
                    : free ? calls.TextAndOffered(tools, request.ParallelToolCalls)
                    : builder.Any(FormatGrammar.Body(builder, request.Format), calls.Offered(tools, request.ParallelToolCalls));
            },
            afterThinking);
    }

    private static ToolDefinition[] Chosen(AnswerRequest request)
    {
        (ToolChoiceMode mode, string? name) = request.ToolChoice;
        if (mode == ToolChoiceMode.Required && (name is null ? request.Tools.Count == 0 : request.Tools.All(tool => tool.Name != name)))
        {
            throw new ArgumentException($"The tool choice demands {(name is null ? "a function" : $"function '{name}'")}, and the tools have {(request.Tools.Count == 0 ? "none" : string.Join(", ", request.Tools.Select(tool => tool.Name)))}.", nameof(request));
        }

        return mode == ToolChoiceMode.None ? [] : [.. request.Tools.Where(tool => mode != ToolChoiceMode.Required || name is null || tool.Name == name)];
    }

    private Func<GrammarGuide> Guides(string key, Func<GrammarBuilder, Fragment> body, bool afterThinking)
    {
        CompiledGrammar grammar = Compiled(key, () =>
        {
            GrammarBuilder builder = new();
            return FormatGrammar.Whole(builder, body(builder), afterThinking, _afterSpace);
        });
        return () => new(grammar);
    }

    private CompiledGrammar Compiled(string key, Func<Grammar> build)
    {
        lock (_lock)
        {
            if (_compiled.TryGetValue(key, out CompiledGrammar? known))
            {
                _order.Remove(key);
                _order.Add(key);
                return known;
            }
        }

        // Built outside of the lock: a large grammar of one caller keeps no other waiting. Two may build the same; one is kept.
        CompiledGrammar built = new CompiledGrammar(build(), tokenizer, _trie.Value).Prepared();
        lock (_lock)
        {
            if (_compiled.TryAdd(key, built))
            {
                _order.Add(key);
            }

            while (_order.Count > GrammarLimits.Grammars)
            {
                _compiled.Remove(_order[0]);
                _order.RemoveAt(0);
            }

            return _compiled.GetValueOrDefault(key) ?? built;
        }
    }
}
