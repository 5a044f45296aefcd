using Sputnik.Models;
using Sputnik.Tasks;
using Sputnik.Tensors;
using Sputnik.Text;
using Sputnik.Training;

namespace Sputnik.Bench;

/// <summary>What the quick recipe trains on: its vocabulary, its documents and its problems.</summary>
internal sealed class QuickData
{
    // Enough for the merges to fill the vocabulary; the recipe counts more.
    private const int TokenizerDocuments = 600;

    private readonly ProblemSource _problems;
    private readonly DocumentEncoder _encoder;

    /// <summary>Reads the recipe and counts the merges.</summary>
    public QuickData()
    {
        Recipe = RecipeJson.Load(Shapes.QuickRecipe, []);
        _problems = new(Recipe.Problems);
        Corpus = new(Recipe.Corpus, _problems, Recipe.Seed);
        Tokenizer tokenizer = BpeTrainer.Train(Texts(), Recipe.Model.VocabularySize, new SpecialTokens());
        _encoder = new(tokenizer);
        Model = Recipe.Model with { VocabularySize = tokenizer.VocabularySize };
    }

    /// <summary>The recipe.</summary>
    public Recipe Recipe { get; }

    /// <summary>Shape of its model.</summary>
    public DeepSeekV3Config Model { get; }

    private Corpus Corpus { get; }

    /// <summary>The first documents, one step of pretraining.</summary>
    public IReadOnlyList<ScoredSequence> Documents() => new PretrainingData(Corpus, _encoder, Recipe.Pretrain.TokensPerStep).Next();

    /// <summary>Prompts of problems drawn for training.</summary>
    public IReadOnlyList<int[]> Prompts(int count, ulong round)
    {
        CounterRandom random = new CounterRandom(1, "bench problems").Split(round);
        return [.. Enumerable.Range(0, count).Select(i => _encoder.Prompt(_problems.Draw(Split.Train, random.Split((ulong)i)).Prompt))];
    }

    private IEnumerable<string> Texts() => Enumerable.Range(0, TokenizerDocuments).Select(i =>
    {
        Document document = Corpus[(ulong)i];
        return $"{document.Prompt}\n{document.Response}";
    });
}
