using Sputnik.Generation;
using Sputnik.Tensors;
using Sputnik.Text;

namespace Sputnik.Cli;

/// <summary>Turns of one conversation with a model in this process.</summary>
internal sealed class Conversation : IDisposable
{
    private readonly LoadedModel _loaded;
    private readonly Generator _generator;
    private readonly CounterRandom _random;
    private readonly List<ChatMessage> _messages = [];

    public Conversation(LoadedModel loaded, Workers workers, CounterRandom random, KvType kv)
    {
        _loaded = loaded;
        _random = random;
        _generator = new Generator(loaded.Model, workers, maxSequences: 1, loaded.Model.MaxLength, kv);
    }

    /// <summary>Asks, prints the pieces as they come, and remembers both turns.</summary>
    public void Ask(string text, float? temperature, int? maxNewTokens, AnswerPrinter printer)
    {
        _messages.Add(new(ChatRole.User, text));
        int[] prompt = _loaded.Template.Prompt(_messages);
        SamplingSettings settings = _loaded.Generation.ToSampling(_loaded.Tokenizer.EndIds);
        settings = settings with
        {
            Temperature = temperature ?? settings.Temperature,
            MaxNewTokens = maxNewTokens ?? settings.MaxNewTokens,
        };
        var reasoning = new ReasoningStream(_loaded.Tokenizer, _loaded.Template.EndsThinking(prompt));
        List<int> ids = [];
        foreach (SampledToken token in _generator.Stream(prompt, settings, _random.Split((ulong)_messages.Count)))
        {
            ids.Add(token.Id);
            printer.Print(reasoning.Push(token.Id));
        }

        printer.Print(reasoning.Flush());
        printer.End(truncated: !_loaded.Tokenizer.EndIds.Contains(ids[^1]));
        _messages.Add(new(ChatRole.Assistant, _loaded.Tokenizer.Decode([.. ids], skipControl: true)));
    }

    /// <summary>Forgets every turn.</summary>
    public void Forget() => _messages.Clear();

    public void Dispose() => _generator.Dispose();
}
