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
    public int[] Prompt(AnswerRequest request) => AnswerPrompt.Of(loaded, request).Ids;

    /// <summary>Takes a conversation; its answer arrives through the stream.</summary>
    /// <exception cref="ContextOverflowException">The conversation leaves no room for an answer.</exception>
    /// <exception cref="EngineBusyException">The queue is full.</exception>
    /// <exception cref="TemplateException">The model's template refuses the conversation.</exception>
    /// <exception cref="NotSupportedException">The format or a function's schema asks for what is not built, or this model's calls are not read.</exception>
    public AnswerStream Ask(AnswerRequest request, CancellationToken cancellation = default)
    {
        Check(request);
        AnswerPrompt prompt = AnswerPrompt.Of(loaded, request);
        Func<ITokenGuide>? content = loaded.Grammars.Compile(request, loaded.Template.Tools, afterThinking: prompt.Start is not { Part: ReasoningPart.Answer, LineEndsToDrop: 0 });
        AnswerForm form = new(loaded.Tokenizer, prompt.Start, request, AnswerForm.Calls(loaded, request));
        AnswerGuide[] guides =
        [
            .. Enumerable.Range(0, request.Choices).Select(_ => new AnswerGuide(form, content)),
        ];
        TokenStream tokens = engine.Submit(
            new()
            {
                Prompt = prompt.Ids,
                Draw = request.Draw ?? loaded.Generation.ToDraw(),
                MaxNewTokens = Math.Min(request.MaxNewTokens ?? int.MaxValue, Math.Max(1, engine.ContextTokens - prompt.Ids.Length)),
                StopTokens = loaded.Tokenizer.EndIds,
                Choices = request.Choices,
                Owner = request.Owner,
                Guide = choice => guides[choice],
                TopLogProbs = request.TopLogProbs ?? 0,
            },
            cancellation);
        return new(tokens, [.. guides.Select(guide => new AnswerChoice(form, guide))]);
    }

    private static void Check(AnswerRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentOutOfRangeException.ThrowIfLessThan(request.Choices, 1, nameof(request.Choices));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(request.Choices, RequestCheck.MaxChoices, nameof(request.Choices));
        ArgumentOutOfRangeException.ThrowIfLessThan(request.MaxNewTokens ?? 1, 1, nameof(request.MaxNewTokens));
        ArgumentOutOfRangeException.ThrowIfNegative(request.Thinking.Budget ?? 0, nameof(request.Thinking.Budget));
    }
}
