using Sputnik.Tasks;

namespace Sputnik.Training;

/// <summary>
/// Steps of whole documents, each its own sequence: as many as fit into a number of tokens, none cut, none padded. The number
/// of the next document says everything about where it stands.
/// </summary>
public sealed class PretrainingData
{
    private readonly Corpus _corpus;
    private readonly DocumentEncoder _encoder;
    private readonly int _tokensPerStep;

    /// <summary>Steps of at most <paramref name="tokensPerStep"/> tokens, starting with document 0.</summary>
    public PretrainingData(Corpus corpus, DocumentEncoder encoder, int tokensPerStep)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(tokensPerStep);
        _corpus = corpus;
        _encoder = encoder;
        _tokensPerStep = tokensPerStep;
    }

    /// <summary>Number of the first document of the next step: store it to resume, set it to go on.</summary>
    public ulong Cursor { get; set; }

    /// <summary>The documents of the next step, in the order of the corpus; a document larger than a step stands alone.</summary>
    public IReadOnlyList<ScoredSequence> Next()
    {
        List<ScoredSequence> step = [];
        int tokens = 0;
        while (true)
        {
            ScoredSequence document = _encoder.Whole(_corpus[Cursor]);
            tokens += document.Tokens.Length;
            if (step.Count > 0 && tokens > _tokensPerStep)
            {
                return step;
            }

            step.Add(document);
            Cursor++;
        }
    }
}
