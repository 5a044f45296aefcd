using Sputnik.Generation;
using Sputnik.Models;
using Sputnik.Tensors;
using Sputnik.Text;

namespace Sputnik.EndToEnd.Tests;

/// <summary>
/// A model whose next token depends on the last one alone, so that a test can write out what it says. No layer adds anything
/// to the embedding; the head of a token is the sum of the embeddings of those it follows.
/// </summary>
internal static class ChainModel
{
    /// <summary>R1's prompt, which ends inside the thinking.</summary>
    public const string Opened = "{{ bos_token }}{% for m in messages %}{{ ('<｜User｜>' if m['role'] == 'user' else '<｜Assistant｜>') + m['content'] }}{% endfor %}{{ '<｜Assistant｜><think>\n' }}";

    /// <summary>A prompt that leaves it to the model whether it thinks.</summary>
    public const string Unopened = "{{ bos_token }}{% for m in messages %}{{ ('<｜User｜>' if m['role'] == 'user' else '<｜Assistant｜>') + m['content'] }}{% endfor %}<｜Assistant｜>";

    public const string End = "<｜end▁of▁sentence｜>";

    // Wide enough that random directions hardly meet.
    private const int Width = 128;

    /// <param name="template">The prompt's.</param>
    /// <param name="chains">Texts that follow each other; of a text of several tokens the last counts.</param>
    public static LoadedModel Create(string template, params string[][] chains)
    {
        Tokenizer tokenizer = LoadedModel.OpenTokenizer(Repository.File("models/sputnik-zero"));
        GroupedModel model = new(new Qwen3Config
        {
            VocabularySize = tokenizer.VocabularySize,
            HiddenSize = Width,
            FeedForwardSize = 16,
            Layers = 1,
            Heads = 1,
            KvHeads = 1,
            HeadSize = 16,
            MaxLength = 512,
        });
        ModelInitializer.Initialize(model, seed: 1);
        Weight embedding = Only(model, WeightRole.Embedding);
        foreach ((Weight weight, WeightDeclaration declaration) in model.Weights.Zip(model.Declarations))
        {
            if (declaration.Role is WeightRole.ResidualOutput or WeightRole.Head)
            {
                weight.Values.Clear();
                weight.Touch();
            }
        }

        foreach ((string text, string next) in chains.SelectMany(chain => chain.Zip(chain.Skip(1))))
        {
            ReadOnlySpan<float> from = embedding.Values.Slice(Last(tokenizer, text) * Width, Width);
            Span<float> to = model.Head.Values.Slice(Last(tokenizer, next) * Width, Width);
            for (int i = 0; i < Width; i++)
            {
                to[i] += 100 * from[i];
            }
        }

        model.Head.Touch();
        return new(model, tokenizer, template: JinjaTemplate.Parse(template));
    }

    private static Weight Only(GroupedModel model, WeightRole role) => model.Weights.Zip(model.Declarations).Single(pair => pair.Second.Role == role).First;

    private static int Last(Tokenizer tokenizer, string text) => tokenizer.Encode(text, parseSpecial: true)[^1];
}
