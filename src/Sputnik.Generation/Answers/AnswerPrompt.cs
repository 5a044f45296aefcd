using Sputnik.Text;

namespace Sputnik.Generation;

/// <summary>What a conversation becomes: the ids to continue, and what the first new one belongs to.</summary>
/// <param name="Ids">Token ids.</param>
/// <param name="Start">Where the response begins.</param>
internal readonly record struct AnswerPrompt(int[] Ids, ReasoningStart Start)
{
    /// <summary>
    /// The template's prompt, behind it the thinking closed where none is wanted, or as much of the answer as is given. That
    /// is written as R1 writes it: <c>&lt;think&gt;\n thinking \n&lt;/think&gt;\n\n answer</c>.
    /// </summary>
    public static AnswerPrompt Of(LoadedModel loaded, AnswerRequest request)
    {
        Tokenizer tokenizer = loaded.Tokenizer;
        bool? thinking = request.Thinking is { Enabled: null, Budget: <= 0 } ? false : request.Thinking.Enabled;
        IReadOnlyList<ChatMessage> messages = request.ContinueLast ? Earlier(request.Messages) : request.Messages;
        int[] prompt = loaded.Template.Prompt(messages, new()
        {
            Thinking = thinking,
            Tools = request.ToolChoice.Mode == ToolChoiceMode.None ? [] : request.Tools,
        });
        ReasoningStart start = ReasoningStart.Of(tokenizer, prompt);
        List<(string Text, bool Trusted)> more = [];
        ReasoningPart? part = start.Part;
        SpecialTokens tags = tokenizer.SpecialTokens;
        bool canThink = part is not null || (tokenizer.Find(tags.ThinkStart) is not null && tokenizer.Find(tags.ThinkEnd) is not null);
        (string? thought, string answer) = request.ContinueLast ? Given(request.Messages[^1]) : (thinking == false && canThink ? "" : null, "");
        bool closes = answer.Length > 0 || !request.ContinueLast;
        if (part != ReasoningPart.Answer && (thought is not null || (canThink && answer.Length > 0)))
        {
            more.Add((part is null ? tags.ThinkStart + "\n" : new string('\n', start.LineEndsToDrop), true));
            more.Add((thought ?? "", false));
            more.Add((closes ? "\n" + tags.ThinkEnd + "\n\n" : "", true));
            part = closes ? ReasoningPart.Answer : ReasoningPart.Thinking;
        }

        if (answer.Length > 0)
        {
            more.Add((answer, false));
            part = ReasoningPart.Answer;
        }

        return more.Count == 0 ? new(prompt, start) : new([.. prompt, .. tokenizer.EncodeSegments(more)], new(part));
    }

    private static IReadOnlyList<ChatMessage> Earlier(IReadOnlyList<ChatMessage> messages) =>
        messages.Count > 0 && messages[^1].Role == ChatRole.Assistant
            ? [.. messages.SkipLast(1)]
            : throw new ArgumentException($"Only an assistant's message can be continued, the last one's role is {(messages.Count == 0 ? "none" : messages[^1].Role)}.", nameof(messages));

    /// <summary>What an unfinished message holds: its thinking, null where it has none, and its answer, "" where it still thinks.</summary>
    private static (string? Thought, string Answer) Given(ChatMessage message)
    {
        if (message.Thinking is not null || !message.Content.StartsWith("<think>", StringComparison.Ordinal))
        {
            return (message.Thinking, message.Content);
        }

        ReasoningParts parts = Reasoning.Split(message.Content);
        return (parts.Thinking, parts.Answer);
    }
}
