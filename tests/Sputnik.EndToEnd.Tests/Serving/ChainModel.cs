using System.Text.Json;
using System.Text.Json.Nodes;
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
    public static LoadedModel Create(string template, params string[][] chains) => Create(template, Vocabulary([]), chains);

    /// <summary>The same with texts that are a token each, so that what stands in both is no crossroads.</summary>
    public static LoadedModel CreateOf(string template, IReadOnlyList<string> tokens, params string[][] chains) => Create(template, Vocabulary(tokens), chains);

    private static LoadedModel Create(string template, Tokenizer tokenizer, string[][] chains)
    {
        GroupedModel model = new(new Qwen3Config
        {
            VocabularySize = tokenizer.VocabularySize,
            HiddenSize = Width,
            FeedForwardSize = 16,
            Layers = 1,
            Heads = 1,
            KvHeads = 1,
            HeadSize = 16,
            MaxLength = 2048,
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

    private static Tokenizer Vocabulary(IReadOnlyList<string> tokens)
    {
        string zero = Repository.File("models/sputnik-zero");
        if (tokens.Count == 0)
        {
            return LoadedModel.OpenTokenizer(zero);
        }

        using TemporaryFolder folder = new();
        JsonNode file = JsonNode.Parse(File.ReadAllText(Path.Combine(zero, "tokenizer.json")))!;
        JsonArray added = file["added_tokens"]!.AsArray();
        int next = LoadedModel.OpenTokenizer(zero).VocabularySize;
        foreach (string token in tokens)
        {
            string content = JsonSerializer.Serialize(token);
            added.Add(JsonNode.Parse($$"""{"id":{{next++}},"content":{{content}},"single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":false}"""));
        }

        string copy = Directory.CreateDirectory(folder.In("vocabulary")).FullName;
        File.WriteAllText(Path.Combine(copy, "tokenizer.json"), file.ToJsonString());
        File.Copy(Path.Combine(zero, "tokenizer_config.json"), Path.Combine(copy, "tokenizer_config.json"));
        return LoadedModel.OpenTokenizer(copy);
    }

    private static Weight Only(GroupedModel model, WeightRole role) => model.Weights.Zip(model.Declarations).Single(pair => pair.Second.Role == role).First;

    private static int Last(Tokenizer tokenizer, string text) => tokenizer.Encode(text, parseSpecial: true)[^1];
}
