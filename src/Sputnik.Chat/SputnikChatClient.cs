using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Sputnik.Generation;
using Sputnik.Tensors;
using AiMessage = Microsoft.Extensions.AI.ChatMessage;

namespace Sputnik.Chat;

/// <summary>
/// A model in this process as an <see cref="IChatClient"/>. Thinking arrives as <see cref="TextReasoningContent"/>, apart from
/// the answer. For any number of threads; the same messages, options and seed give the same answer to the bit, and without
/// a seed it is 0.
/// </summary>
/// <remarks>
/// What <see cref="ChatOptions"/> has no word for, such as a thinking budget, is asked for by an <see cref="AnswerRequest"/>
/// from <see cref="ChatOptions.RawRepresentationFactory"/>: the options that are set go over it.
/// </remarks>
public sealed class SputnikChatClient : IChatClient
{
    private readonly Responder _responder;
    private readonly ChatClientMetadata _metadata;
    private readonly IDisposable[] _owned;
    private int _answers;

    /// <summary>Answers with a model that others may use too; disposing the client leaves it open.</summary>
    /// <param name="responder">The model and its engine.</param>
    /// <param name="modelId">How the model is called in responses.</param>
    public SputnikChatClient(Responder responder, string? modelId = null)
        : this(responder, modelId, [])
    {
    }

    private SputnikChatClient(Responder responder, string? modelId, IDisposable[] owned)
    {
        ArgumentNullException.ThrowIfNull(responder);
        _responder = responder;
        _metadata = new("sputnik", providerUri: null, modelId);
        _owned = owned;
    }

    /// <summary>Opens a model folder or GGUF file on all cores; disposing the client closes it.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no model.</exception>
    /// <exception cref="InvalidDataException">A file of it is damaged.</exception>
    public static SputnikChatClient Open(string path, EngineOptions? options = null)
    {
        Stack<IDisposable> owned = [];
        try
        {
            Workers workers = Owned(new Workers(Environment.ProcessorCount));
            LoadedModel loaded = Owned(LoadedModel.Open(path, workers: workers));
            Engine engine = Owned(new Engine(loaded.Model, workers, options));
            return new(new(loaded, engine), Path.GetFileNameWithoutExtension(Path.TrimEndingDirectorySeparator(path)), [.. owned]);
        }
        catch
        {
            foreach (IDisposable part in owned)
            {
                part.Dispose();
            }

            throw;
        }

        T Owned<T>(T part)
            where T : IDisposable
        {
            owned.Push(part);
            return part;
        }
    }

    /// <inheritdoc/>
    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<AiMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        await GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    /// <exception cref="ContextOverflowException">The conversation leaves no room for an answer.</exception>
    /// <exception cref="EngineBusyException">The queue is full.</exception>
    /// <exception cref="NotSupportedException">A message or an option asks for what this model cannot do.</exception>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<AiMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        AnswerRequest request = new RequestMaker(_responder, this).Make(messages, options ?? new());
        string id = $"answer-{Interlocked.Increment(ref _answers)}";
        await using AnswerStream stream = _responder.Ask(request, cancellationToken);
        PendingCalls calls = new();
        await foreach (AnswerPiece piece in stream.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            ChatResponseUpdate? update = Update(piece, calls, stream);
            if (update is not null)
            {
                update.ResponseId = update.MessageId = id;
                update.ModelId = _metadata.DefaultModelId;
                yield return update;
            }
        }
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        object?[] services = serviceKey is null ? [this, _metadata, _responder, _responder.Engine, _responder.Loaded] : [];
        return Array.Find(services, serviceType.IsInstanceOfType);
    }

    /// <inheritdoc/>
    public void Dispose() => Array.ForEach(_owned, owned => owned.Dispose());

    /// <summary>A piece as an update; null where nothing is whole yet.</summary>
    internal static ChatResponseUpdate? Update(AnswerPiece piece, PendingCalls calls, AnswerStream? stream)
    {
        List<AIContent> contents = calls.Take(piece);
        switch (piece.Kind)
        {
            case AnswerPieceKind.Thinking:
                contents.Add(new TextReasoningContent(piece.Text));
                break;
            case AnswerPieceKind.Content:
                contents.Add(new TextContent(piece.Text));
                break;
            case AnswerPieceKind.Finish when piece.End is AnswerEnd end:
                contents.Add(new UsageContent(Usage(end, stream)));
                return new(ChatRole.Assistant, contents) { FinishReason = Reason(end.Reason), AdditionalProperties = Said(end) };
        }

        return contents.Count == 0 ? null : new(ChatRole.Assistant, contents);
    }

    private static UsageDetails Usage(AnswerEnd end, AnswerStream? stream) => new()
    {
        InputTokenCount = stream?.PromptTokens,
        CachedInputTokenCount = stream?.CachedTokens,
        OutputTokenCount = end.CompletionTokens,
        ReasoningTokenCount = end.ThinkingTokens,
        TotalTokenCount = stream?.PromptTokens + end.CompletionTokens,
    };

    private static ChatFinishReason Reason(AnswerEndReason reason) => reason switch
    {
        AnswerEndReason.Stop => ChatFinishReason.Stop,
        AnswerEndReason.Length => ChatFinishReason.Length,
        AnswerEndReason.ToolCalls => ChatFinishReason.ToolCalls,
        _ => new("loop"),
    };

    private static AdditionalPropertiesDictionary Said(AnswerEnd end) => new()
    {
        ["inside_thinking"] = end.InsideThinking,
        ["budget_forced"] = end.BudgetForced,
        ["stop_string"] = end.StopString,
    };
}
