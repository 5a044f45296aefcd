using System.Text;
using Sputnik.Tensors;

namespace Sputnik.Tasks;

/// <summary>Writes one worked response: draws its slips and the language of its words from one stream.</summary>
internal ref struct Pen
{
    private readonly StringBuilder _text = new();
    private readonly WorkOptions _options;
    private readonly ref CounterRandom _random;

    public Pen(WorkOptions options, ref CounterRandom random)
    {
        _options = options;
        _random = ref random;
    }

    public readonly ref CounterRandom Random => ref _random;

    public readonly bool Slips() => _options.SlipProbability > 0 && _random.NextDouble() < _options.SlipProbability;

    public readonly string Say(Word word) => Vocabulary.Say(word, _options.Language, ref _random);

    public readonly void Line(string line) => _text.Append(line).Append('\n');

    /// <summary>The whole response, its thinking being the lines written so far.</summary>
    public readonly string Finish(string answer)
    {
        if (_options.Flaw != FormatFlaw.NoClose)
        {
            _text.Append(ResponseFormat.Close).Append('\n');
        }

        return _options.Flaw switch
        {
            FormatFlaw.NoBox => _text.Append(answer).ToString(),
            FormatFlaw.Said => _text.Append(Say(Word.So)).Append(' ').Append(answer).ToString(),
            _ => _text.Append(ResponseFormat.Box(answer)).ToString(),
        };
    }
}
