using Sputnik.Text.Tools;

namespace Sputnik.Text;

/// <summary>
/// Conversations as token ids in DeepSeek-R1's format. It builds ids, not text: only the template puts special tokens in,
/// so nothing that anyone types can close a turn or open another.
/// </summary>
/// <remarks>
/// Two places where R1's own template loses or doubles text are settled: several system messages are joined by an empty
/// line, as in V3.1 (R1 keeps the last), and line ends before an earlier answer go with the thinking, so that a turn
/// reads the same whether or not a client sends the thinking back.
/// </remarks>
public sealed class ChatTemplate(Tokenizer tokenizer)
{
    /// <summary>
    /// begin, system text and functions, then per turn <c>User text</c>, <c>Assistant answer calls end</c> or results, and at
    /// last <c>Assistant think \n</c>: the response starts inside the thinking.
    /// </summary>
    /// <param name="messages">The turns, oldest first. System messages go to the front wherever they stand.</param>
    /// <param name="options">Functions, whether to think, and whether the last turn is to be continued.</param>
    /// <exception cref="ArgumentException">The last turn is to be continued, and is not an assistant's.</exception>
    public int[] Prompt(IReadOnlyList<ChatMessage> messages, PromptOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(messages);
        options ??= new();
        if (options.ContinueLast && (messages.Count == 0 || messages[^1].Role != ChatRole.Assistant))
        {
            throw new ArgumentException("Only an assistant's message can be continued, and the last is none.", nameof(messages));
        }

        SpecialIds special = tokenizer.Special;
        DeepSeekTools tools = new(tokenizer);
        string system = string.Join("\n\n", messages.Where(m => m.Role == ChatRole.System).Select(m => m.Content));
        List<int> ids = [special.BeginOfSentence, .. tokenizer.Encode(system)];
        ids.AddRange(options.Tools.Count > 0 ? tools.Describe(options.Tools, system.Length > 0) : []);
        for (int i = 0; i < messages.Count; i++)
        {
            ids.AddRange(messages[i].Role switch
            {
                ChatRole.System => [],
                ChatRole.User => [special.User, .. tokenizer.Encode(messages[i].Content)],
                ChatRole.Assistant when options.ContinueLast && i == messages.Count - 1 => Opened(messages[i]),
                ChatRole.Assistant => Answer(messages[i], tools),
                ChatRole.Tool => tools.Output(messages[i].Content, !IsTool(messages, i - 1), !IsTool(messages, i + 1)),
                _ => throw new ArgumentException($"Role {messages[i].Role} is not System, User, Assistant or Tool.", nameof(messages)),
            });
        }

        return options.ContinueLast ? [.. ids] : [.. ids, special.Assistant, .. Thinking(options.Thinking ?? true)];
    }

    /// <summary>
    /// A response to train on, to follow <see cref="Prompt"/>: <c>thinking &lt;/think&gt; answer end</c>. The first
    /// "&lt;/think&gt;" in the text becomes its token; without one the response never closes its thinking. For trusted text.
    /// </summary>
    public int[] Response(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        SpecialIds special = tokenizer.Special;
        string tag = tokenizer.SpecialTokens.ThinkEnd;
        int at = text.IndexOf(tag, StringComparison.Ordinal);
        return at < 0
            ? [.. tokenizer.Encode(text), special.EndOfSentence]
            : [.. tokenizer.Encode(text[..at]), special.ThinkEnd, .. tokenizer.Encode(text[(at + tag.Length)..]), special.EndOfSentence];
    }

    /// <summary>The same format as a Jinja template, for other tools.</summary>
    internal static string Jinja(SpecialTokens special) =>
        "{{ bos_token }}{{ messages | selectattr('role', 'equalto', 'system') | map(attribute='content') | join('\\n\\n') }}" +
        "{% for message in messages %}" +
        "{% if message['role'] == 'user' %}{{ '" + special.User + "' + message['content'] }}" +
        "{% elif message['role'] == 'assistant' %}{{ '" + special.Assistant + "' + message['content'].split('" +
        special.ThinkEnd + "')[-1].lstrip('\\n') + '" + special.EndOfSentence + "' }}{% endif %}" +
        "{% endfor %}" +
        "{% if add_generation_prompt %}{{ '" + special.Assistant + special.ThinkStart + "\\n' }}{% endif %}";

    private static bool IsTool(IReadOnlyList<ChatMessage> messages, int index) =>
        index >= 0 && index < messages.Count && messages[index].Role == ChatRole.Tool;

    private List<int> Answer(ChatMessage message, DeepSeekTools tools) =>
    [
        tokenizer.Special.Assistant,
        .. tokenizer.Encode(WithoutThinking(message.Content)),
        .. message.ToolCalls.Count > 0 ? tools.Calls(message.ToolCalls) : [],
        tokenizer.Special.EndOfSentence,
    ];

    /// <summary>An answer to be continued: inside its thinking where it has thinking and no text yet.</summary>
    private List<int> Opened(ChatMessage message)
    {
        SpecialIds special = tokenizer.Special;
        List<int> ids = [special.Assistant];
        if (message.Thinking is string thinking)
        {
            ids.AddRange([special.ThinkStart, .. tokenizer.Encode("\n" + thinking)]);
            ids.AddRange(message.Content.Length > 0 ? [.. tokenizer.Encode("\n"), special.ThinkEnd, .. tokenizer.Encode("\n\n")] : []);
        }

        return [.. ids, .. tokenizer.Encode(message.Content)];
    }

    private int[] Thinking(bool wanted) => wanted
        ? [tokenizer.Special.ThinkStart, .. tokenizer.Encode("\n")]
        : [tokenizer.Special.ThinkStart, .. tokenizer.Encode("\n\n"), tokenizer.Special.ThinkEnd, .. tokenizer.Encode("\n\n")];

    private string WithoutThinking(string content)
    {
        string tag = tokenizer.SpecialTokens.ThinkEnd;
        int at = content.LastIndexOf(tag, StringComparison.Ordinal);
        return (at < 0 ? content : content[(at + tag.Length)..]).TrimStart('\n');
    }
}
