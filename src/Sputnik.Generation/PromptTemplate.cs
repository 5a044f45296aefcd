using System.Text.Json;
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

    /// <summary>The prompt that asks for the next answer.</summary>
    /// <exception cref="TemplateException">The template refuses the conversation.</exception>
    /// <exception cref="NotSupportedException">There is no template, and the vocabulary is not DeepSeek-R1's.</exception>
    public int[] Prompt(IReadOnlyList<ChatMessage> messages)
    {
        ArgumentNullException.ThrowIfNull(messages);
        if (template is null)
        {
            return new ChatTemplate(tokenizer).Prompt(messages);
        }

        RenderedPrompt rendered = template.RenderTracked(new TemplateInputs
        {
            Messages = Json(messages),
            BosToken = TextOf(tokenizer.BosId),
            EosToken = TextOf(tokenizer.EosId),
        });
        return tokenizer.EncodeSegments(Segments(rendered), addSpecial: true);
    }

    /// <summary>Whether a prompt ends inside the thinking: with its opening tag, and white space at most.</summary>
    public bool EndsThinking(ReadOnlySpan<int> prompt)
    {
        int? open = tokenizer.Find(tokenizer.SpecialTokens.ThinkStart);
        int at = open is int tag ? prompt.LastIndexOf(tag) : -1;
        return at >= 0 && string.IsNullOrWhiteSpace(tokenizer.Decode(prompt[(at + 1)..].ToArray()));
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

    private static JsonElement Json(IReadOnlyList<ChatMessage> messages)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream))
        {
            json.WriteStartArray();
            foreach (ChatMessage message in messages)
            {
                json.WriteStartObject();
                json.WriteString("role", message.Role switch
                {
                    ChatRole.System => "system",
                    ChatRole.User => "user",
                    ChatRole.Assistant => "assistant",
                    _ => throw new ArgumentException($"Role {message.Role} is not System, User or Assistant.", nameof(messages)),
                });
                json.WriteString("content", message.Content);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        using JsonDocument document = JsonDocument.Parse(stream.ToArray());
        return document.RootElement.Clone();
    }

    private string TextOf(int? id) => id is int token ? tokenizer.Decode([token]) : "";
}
