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
    /// begin, system text, then per turn <c>User text</c> or <c>Assistant answer end</c>, and at last
    /// <c>Assistant think \n</c>: the response starts inside the thinking.
    /// </summary>
    /// <param name="messages">The turns, oldest first. System messages go to the front wherever they stand.</param>
    public int[] Prompt(IReadOnlyList<ChatMessage> messages)
    {
        ArgumentNullException.ThrowIfNull(messages);
        SpecialIds special = tokenizer.Special;
        IEnumerable<string> system = messages.Where(m => m.Role == ChatRole.System).Select(m => m.Content);
        List<int> ids = [special.BeginOfSentence, .. tokenizer.Encode(string.Join("\n\n", system))];
        foreach (ChatMessage message in messages)
        {
            switch (message.Role)
            {
                case ChatRole.System:
                    break;
                case ChatRole.User:
                    ids.Add(special.User);
                    ids.AddRange(tokenizer.Encode(message.Content));
                    break;
                case ChatRole.Assistant:
                    ids.Add(special.Assistant);
                    ids.AddRange(tokenizer.Encode(WithoutThinking(message.Content)));
                    ids.Add(special.EndOfSentence);
                    break;
                default:
                    throw new ArgumentException($"Role {message.Role} is not System, User or Assistant.", nameof(messages));
            }
        }

        return [.. ids, special.Assistant, special.ThinkStart, .. tokenizer.Encode("\n")];
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

    private string WithoutThinking(string content)
    {
        string tag = tokenizer.SpecialTokens.ThinkEnd;
        int at = content.LastIndexOf(tag, StringComparison.Ordinal);
        return (at < 0 ? content : content[(at + tag.Length)..]).TrimStart('\n');
    }
}
