using System.Collections.Immutable;
using Sputnik.Tensors;

namespace Sputnik.Tasks;

/// <summary>An endless stream of documents over training problems. Document i is a function of (seed, i) alone.</summary>
public sealed class Corpus
{
    private static readonly ImmutableArray<Style> AllStyles = [Style.Direct, Style.Equations, Style.Steps, Style.Checked];
    private readonly CorpusSettings _settings;
    private readonly ProblemSource _source;
    private readonly CounterRandom _stream;
    private readonly Drills _drills;
    private readonly ImmutableArray<double> _styleShares;

    /// <summary>The corpus of a seed.</summary>
    public Corpus(CorpusSettings settings, ProblemSource source, ulong seed)
    {
        _settings = settings.Validate();
        _source = source;
        _stream = new CounterRandom(seed, "corpus");
        _drills = new Drills(settings.FactsPerDrill, source.Mix);
        _styleShares = [.. AllStyles.Select(style => settings.Styles[style])];
    }

    /// <summary>Document <paramref name="index"/> of the stream.</summary>
    public Document this[ulong index]
    {
        get
        {
            CounterRandom random = _stream.Split(index);
            return random.NextDouble() < _settings.Drills ? _drills.Next(ref random) : Worked(ref random);
        }
    }

    private Document Worked(ref CounterRandom random)
    {
        Problem problem = _source.Draw(Split.Train, random.Split(0));
        Style style = AllStyles[Choice.Draw(_styleShares.AsSpan(), ref random)];
        var options = new WorkOptions
        {
            Language = NextLanguage(ref random),
            SlipProbability = _settings.Slips[style],
            Flaw = random.NextDouble() < _settings.FormatFlaws ? (FormatFlaw)random.NextInt(1, 3) : FormatFlaw.None,
        };
        return new Document(problem.Prompt, _source.Families.Of(problem).Work(problem, style, options, ref random));
    }

    private Language NextLanguage(ref CounterRandom random)
    {
        double drawn = random.NextDouble();
        return drawn < _settings.Chinese ? Language.Chinese
            : drawn < _settings.Chinese + _settings.Mixed ? Language.Mixed
            : Language.English;
    }
}
