using Sputnik.Text;

namespace Sputnik.Generation;

/// <summary>
/// How a conversation becomes ids: by the model's own template where it has one, otherwise in DeepSeek-R1's format. What
/// users wrote is encoded as plain text: only the template puts special tokens in.
/// </summary>
/// <param name="tokenizer">The vocabulary.</param>
/// <param name="template">The model's own template; null where it has none.</param>
public sealed class PromptTemplate(Tokenizer tokenizer, JinjaTemplate? template = null)
{
    /// <summary>Whether the model has a template of its own.</summary>
    public bool IsOwn => template is not null;
    // R1's and V3.1's templates write calls of earlier turns, but tell of no functions.
    private readonly bool _knowsTools = template?.Source.Contains("tools", StringComparison.Ordinal) ?? false;

    // The DeepSeek templates that came first put arguments in as text; later ones and all others put them through tojson.
    private readonly MessageShape _shape = template?.Source is string source && source.Contains("<｜tool▁call▁begin｜>", StringComparison.Ordinal)
        ? new(ArgumentsAsText: !source.Contains("tojson", StringComparison.Ordinal), NullContent: true)
        : default;

    /// <summary>How the model writes tool calls; null where it writes none that are read here.</summary>
    public ToolDialect? Tools { get; } = ToolDialect.Of(template, tokenizer);

    /// <summary>The prompt that asks for the next answer.</summary>
    /// <exception cref="TemplateException">The template refuses the conversation.</exception>
    /// <exception cref="NotSupportedException">
    /// There is no template, and the vocabulary is not DeepSeek-R1's; or there are functions, and calls of this model are not read.
    /// </exception>
    public int[] Prompt(IReadOnlyList<ChatMessage> messages, PromptOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(messages);
        options ??= new();
        if (options.Tools.Count > 0 && Tools is null)
        {
            throw new NotSupportedException("This model's template has no functions, or its calls are written in a way that is not read.");
        }

        bool usesTools = options.Tools.Count > 0 || messages.Any(message => message.Role == ChatRole.Tool || message.ToolCalls.Count > 0);
        if (template is null || (usesTools && !_knowsTools && Tools?.Kind == ToolDialectKind.DeepSeekR1 && tokenizer.HasSpecial))
        {
            return new ChatTemplate(tokenizer).Prompt(messages, options);
        }

        return tokenizer.EncodeSegments(Segments(Rendered(template, Told(messages, options), options)), addSpecial: true);
    }

    /// <summary>Whether a prompt ends inside the thinking: with its opening tag, and white space at most.</summary>
    public bool EndsThinking(ReadOnlySpan<int> prompt)
    {
        int? open = tokenizer.Find(tokenizer.SpecialTokens.ThinkStart);
        int at = open is int tag ? prompt.LastIndexOf(tag) : -1;
        return at >= 0 && string.IsNullOrWhiteSpace(tokenizer.Decode(prompt[(at + 1)..].ToArray()));
    }

    /// <summary>The messages, with functions told by the system where the template tells of none.</summary>
    private IReadOnlyList<ChatMessage> Told(IReadOnlyList<ChatMessage> messages, PromptOptions options)
    {
        if (options.Tools.Count == 0 || _knowsTools || Tools is null)
        {
            return messages;
        }

        string told = Tools.Describe(options.Tools);
        return messages is [{ Role: ChatRole.System } system, ..]
            ? [system with { Content = $"{system.Content}\n\n{told}" }, .. messages.Skip(1)]
            : [new(ChatRole.System, told), .. messages];
    }

    private RenderedPrompt Rendered(JinjaTemplate model, IReadOnlyList<ChatMessage> messages, PromptOptions options)
    {
        Dictionary<string, TemplateValue> variables = [];
        if (options.Thinking is bool thinking)
        {
            // The name that Qwen's templates use, and DeepSeek-V3.1's.
            variables["enable_thinking"] = variables["thinking"] = TemplateValue.Of(thinking);
        }

        foreach ((string name, TemplateValue value) in options.Variables)
        {
            variables[name] = value;
        }

        RenderedPrompt rendered = model.RenderTracked(new TemplateInputs
        {
            Messages = ConversationJson.Messages(messages, _shape),
            Tools = options.Tools.Count > 0 && _knowsTools ? ConversationJson.Tools(options.Tools) : null,
            BosToken = TextOf(tokenizer.BosId),
            EosToken = TextOf(tokenizer.EosId),
            AddGenerationPrompt = !options.ContinueLast,
            Extra = variables,
        });
        return options.ContinueLast ? CutBehind(rendered, messages) : rendered;
    }

    /// <summary>The prompt up to the end of the last message's text: what the template writes behind it would end the turn.</summary>
    private static RenderedPrompt CutBehind(RenderedPrompt rendered, IReadOnlyList<ChatMessage> messages)
    {
        string content = messages is [.., { Role: ChatRole.Assistant } last] ? last.Content.Trim() : "";
        int at = content.Length == 0 ? -1 : rendered.Text.LastIndexOf(content, StringComparison.Ordinal);
        if (at < 0)
        {
            throw new ArgumentException("Only a last message of an assistant that has text, and whose template writes it as it is, can be continued.", nameof(messages));
        }

        int end = at + content.Length;
        return new(rendered.Text[..end], [.. rendered.FromInput.Where(span => span.Start < end).Select(span => span with { Length = Math.Min(span.Length, end - span.Start) })]);
    }

    private static List<(string Text, bool Trusted)> Segments(RenderedPrompt rendered)
    {
        List<(string Text, bool Trusted)> segments = [];
        int at = 0;
        foreach (TextSpan input in rendered.FromInput)
        {
            segments.Add((rendered.Text[at..input.Start], true));
            segments.Add((rendered.Text[input.Start..input.End], false));
            at = input.End;
        }

        segments.Add((rendered.Text[at..], true));
        return segments;
    }

    private string TextOf(int? id) => id is int token ? tokenizer.Decode([token]) : "";
}
