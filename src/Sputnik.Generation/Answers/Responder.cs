using Sputnik.Text;

namespace Sputnik.Generation;

/// <summary>Conversations in, answers out: template, thinking, stop strings, formats and tools over one <see cref="Engine"/>.</summary>
/// <param name="loaded">The model with its text side.</param>
/// <param name="engine">The engine that runs the same model.</param>
public sealed class Responder(LoadedModel loaded, Engine engine)
{
    /// <summary>The model with its text side.</summary>
    public LoadedModel Loaded => loaded;

    /// <summary>The engine underneath, for plain completions.</summary>
    public Engine Engine => engine;

    /// <summary>The prompt a request becomes, as it would be computed.</summary>
    public int[] Prompt(AnswerRequest request) => loaded.Template.Prompt(request.Messages);

    /// <summary>Takes a conversation; its answer arrives through the stream.</summary>
    /// <exception cref="ContextOverflowException">The conversation leaves no room for an answer.</exception>
    /// <exception cref="EngineBusyException">The queue is full.</exception>
    /// <exception cref="TemplateException">The model's template refuses the conversation.</exception>
    public AnswerStream Ask(AnswerRequest request, CancellationToken cancellation = default)
    {
        int[] prompt = Prompt(request);
        DrawSettings draw = request.Draw ?? new() { Temperature = loaded.Generation.DoSample ? loaded.Generation.Temperature : 0 };
        TokenStream tokens = engine.Submit(
            new()
            {
                Prompt = prompt,
                Draw = draw,
                MaxNewTokens = Math.Min(request.MaxNewTokens ?? int.MaxValue, Math.Max(1, engine.ContextTokens - prompt.Length)),
                StopTokens = loaded.Tokenizer.EndIds,
                Choices = request.Choices,
                Owner = request.Owner,
                TopLogProbs = request.TopLogProbs ?? 0,
            },
            cancellation);
        return new(tokens, loaded.Tokenizer, loaded.Template.EndsThinking(prompt));
    }
}
