using Sputnik.Models;
using Sputnik.Tensors;

namespace Sputnik.Generation;

/// <summary>
/// Samples completions of many prompts at once over one paged cache: a prompt is computed once for all its samples, every
/// step feeds one row per unfinished sequence, and finished ones make room for the next prompt. What is drawn depends on
/// the weights, the prompt and the random stream only, never on the company. One thread at a time.
/// </summary>
public sealed class Generator : IDisposable
{
    // Rows of one prefill pass: enough to fill the matrix kernels, small enough to stay in cache.
    private const int PrefillRows = 2048;

    private readonly ILanguageModel _model;
    private readonly Arena _arena = new();
    private readonly Ops _op;
    private readonly KvCache _cache;
    private readonly Batch _batch;
    private readonly float[] _scratch;
    private readonly List<ActiveSequence> _active = [];
    private readonly int _maxSequences;
    private DrawChain? _chain;

    /// <summary>A generator for at most <paramref name="maxSequences"/> sequences at once, of at most <paramref name="maxLength"/> positions each, kept as <paramref name="kvType"/>.</summary>
    public Generator(ILanguageModel model, Workers workers, int maxSequences, int maxLength, KvType kvType = KvType.F32)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxSequences);
        if (maxLength > model.MaxLength)
        {
            throw new ArgumentException($"The model reads {model.MaxLength} positions, {maxLength} asked.", nameof(maxLength));
        }

        _model = model;
        _maxSequences = maxSequences;
        int pagesPerSequence = (maxLength + KvCache.PageKeys - 1) / KvCache.PageKeys;

        // One sequence and its pages more: the prompt whose samples are forked off it.
        _cache = new KvCache(model.KvShape, (maxSequences + 1) * pagesPerSequence, maxSequences + 1, maxLength, kvType);
        _batch = new Batch(Math.Max(Math.Max(PrefillRows, maxSequences), maxLength));
        _op = new Ops(_arena, workers);
        _scratch = new float[model.VocabularySize];
    }

    /// <summary>Rows computed since the start, prompts and drawn tokens: the measure of rates and costs.</summary>
    public long RowsComputed { get; private set; }

    /// <summary>Draws the completions of every prompt, in order of prompt and sample.</summary>
    /// <param name="prompts">Token ids of each prompt.</param>
    /// <param name="settings">How to draw.</param>
    /// <param name="random">Prompt p, sample s draws from <c>random.Split(p).Split(s)</c>.</param>
    /// <param name="finished">Told the number of ended completions as they end.</param>
    /// <param name="cancellation">Ends the work between two steps.</param>
    public IReadOnlyList<Completion> Generate(
        IReadOnlyList<int[]> prompts,
        SamplingSettings settings,
        CounterRandom random,
        Action<int>? finished = null,
        CancellationToken cancellation = default)
    {
        Start(settings);
        Completion[] completions = new Completion[prompts.Count * settings.SamplesPerPrompt];
        int next = 0, ended = 0;
        while (ended < completions.Length)
        {
            cancellation.ThrowIfCancellationRequested();
            next = Admit(prompts, next, settings, random);
            Decode(settings);
            ended += Collect(completions, settings);
            finished?.Invoke(ended);
        }

        return completions;
    }

    /// <summary>Draws one completion token by token.</summary>
    public IEnumerable<SampledToken> Stream(int[] prompt, SamplingSettings settings, CounterRandom random)
    {
        settings = settings with { SamplesPerPrompt = 1 };
        Start(settings);
        Admit([prompt], 0, settings, random);
        ActiveSequence sequence = _active[0];
        yield return sequence.Newest;
        while (sequence.Finish is null)
        {
            Decode(settings);
            yield return sequence.Newest;
        }
    }

    /// <summary>Frees the cache and the arena.</summary>
    public void Dispose()
    {
        _cache.Dispose();
        _arena.Dispose();
    }

    private void Start(SamplingSettings settings)
    {
        settings.Validate();
        if (settings.SamplesPerPrompt > _maxSequences)
        {
            throw new ArgumentException($"{settings.SamplesPerPrompt} samples a prompt asked, the generator holds {_maxSequences} sequences.");
        }

        // An abandoned stream leaves its sequence behind.
        _active.Clear();
        _cache.Clear();
    }

    /// <summary>Prefills as many waiting prompts as there is room for and draws their first tokens; returns the next waiting one.</summary>
    private int Admit(IReadOnlyList<int[]> prompts, int next, SamplingSettings settings, CounterRandom random)
    {
        while (next < prompts.Count && _active.Count + settings.SamplesPerPrompt <= _maxSequences)
        {
            int first = next;
            int room = (_maxSequences - _active.Count) / settings.SamplesPerPrompt;
            _batch.Clear();
            List<int> lastRows = [];
            List<int> sequences = [];
            while (next < prompts.Count && next - first < room && (next == first || _batch.Rows + prompts[next].Length <= PrefillRows))
            {
                sequences.Add(Enqueue(prompts[next++]));
                lastRows.Add(_batch.Rows - 1);
            }

            Tensor logits = Logits([.. lastRows]);
            for (int i = 0; i < sequences.Count; i++)
            {
                int prompt = first + i;
                Branch(sequences[i], prompt, prompts[prompt], settings, random.Split((ulong)prompt), logits[i]);
            }
        }

        return next;
    }

    private int Enqueue(int[] prompt)
    {
        if (prompt.Length == 0 || prompt.Length >= _cache.MaxLength)
        {
            throw new ArgumentException($"A prompt needs 1 to {_cache.MaxLength - 1} tokens, got {prompt.Length}.", nameof(prompt));
        }

        int sequence = _cache.Open();
        _cache.Extend(sequence, prompt.Length);
        _batch.Add(prompt, sequence);
        return sequence;
    }

    /// <summary>Makes the samples of one prefilled prompt; the last of them takes over the prompt's own sequence.</summary>
    private void Branch(int sequence, int prompt, int[] ids, SamplingSettings settings, CounterRandom random, ReadOnlySpan<float> logits)
    {
        int limit = Math.Min(settings.MaxNewTokens, _cache.MaxLength - ids.Length);
        for (int sample = 0; sample < settings.SamplesPerPrompt; sample++)
        {
            int kv = sample == settings.SamplesPerPrompt - 1 ? sequence : _cache.Fork(sequence);
            ActiveSequence active = new(prompt, sample, ids.Length, kv, random.Split((ulong)sample), limit, Filtered(settings, ids, limit));
            active.Draw(logits, settings, _scratch);
            _active.Add(active);
        }
    }

    private FilteredDraw? Filtered(SamplingSettings settings, int[] prompt, int limit) => settings.Filters is not DrawSettings filters
        ? null
        : new(_chain ??= new(_model.VocabularySize), new(filters with { Temperature = settings.Temperature }, _model.VocabularySize), prompt, limit);

    /// <summary>One row for every unfinished sequence. Allocates nothing once warm.</summary>
    internal void Decode(SamplingSettings settings)
    {
        _batch.Clear();
        foreach (ActiveSequence sequence in _active)
        {
            if (sequence.Finish is null)
            {
                _cache.Extend(sequence.Kv, sequence.LastPosition + 1);
                _batch.Add(sequence.LastToken, sequence.Kv, sequence.LastPosition);
            }
        }

        if (_batch.Rows == 0)
        {
            return;
        }

        Tensor logits = Logits(rows: null);
        int row = 0;
        foreach (ActiveSequence sequence in _active)
        {
            if (sequence.Finish is null)
            {
                sequence.Draw(logits[row++], settings, _scratch);
            }
        }
    }

    private Tensor Logits(int[]? rows)
    {
        _arena.Reset();
        Tensor hidden = _model.Hidden(_op, _batch, _cache);
        RowsComputed += _batch.Rows;
        return _op.Linear(rows is null ? hidden : _op.Rows(hidden, rows), _model.Head);
    }

    private int Collect(Completion[] completions, SamplingSettings settings)
    {
        int ended = 0;
        for (int i = _active.Count - 1; i >= 0; i--)
        {
            ActiveSequence sequence = _active[i];
            if (sequence.Finish is not null)
            {
                Completion completion = sequence.Complete();
                completions[(completion.Prompt * settings.SamplesPerPrompt) + completion.Sample] = completion;
                _cache.Close(sequence.Kv);
                _active.RemoveAt(i);
                ended++;
            }
        }

        return ended;
    }
}
