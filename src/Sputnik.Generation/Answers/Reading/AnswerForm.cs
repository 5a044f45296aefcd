using Sputnik.Text;

namespace Sputnik.Generation;

/// <summary>How the tokens of a request's choices are read.</summary>
/// <param name="Tokenizer">The vocabulary.</param>
/// <param name="Start">Where a response begins.</param>
/// <param name="Request">What was asked.</param>
/// <param name="Dialect">How calls are written; null where the model may not call.</param>
internal sealed record AnswerForm(Tokenizer Tokenizer, ReasoningStart Start, AnswerRequest Request, ToolDialect? Dialect)
{
    /// <summary>Tokens that are read as text though they are control tokens: what marks calls.</summary>
    public IReadOnlySet<int> Markers { get; } =
        Dialect?.Markers.Select(Tokenizer.Find).OfType<int>().ToHashSet() ?? [];

    /// <summary>The dialect of a request's calls; null where there are none to read.</summary>
    public static ToolDialect? Calls(LoadedModel loaded, AnswerRequest request) =>
        request.Tools.Count > 0 && request.ToolChoice.Mode != ToolChoiceMode.None ? loaded.Template.Tools : null;

    /// <summary>A reader of one choice.</summary>
    public AnswerReader Reader() => new(this);
}
