using Sputnik.Tasks;
using Sputnik.Text;

namespace Sputnik.Training;

/// <summary>Documents as token ids: begin, user, prompt, assistant, think, response, end; or begin, plain text, end.</summary>
/// <param name="tokenizer">Its special tokens open and close everything.</param>
public sealed class DocumentEncoder(Tokenizer tokenizer)
{
    private readonly ChatTemplate _template = new(tokenizer);

    /// <summary>The ids that a response to <paramref name="prompt"/> follows: the very ids of training and of rollouts.</summary>
    public int[] Prompt(string prompt) => _template.Prompt([new(ChatRole.User, prompt)]);

    /// <summary>A document of which every token is learned, as in pretraining.</summary>
    public ScoredSequence Whole(Document document) => document.Prompt is null
        ? new([tokenizer.Special.BeginOfSentence, .. tokenizer.Encode(document.Response), tokenizer.Special.EndOfSentence])
        : new([.. Prompt(document.Prompt), .. _template.Response(document.Response)]);

    /// <summary>A document of which only the response is learned.</summary>
    public ScoredSequence Response(string prompt, string response)
    {
        int[] given = Prompt(prompt);
        return new([.. given, .. _template.Response(response)], given.Length);
    }
}
