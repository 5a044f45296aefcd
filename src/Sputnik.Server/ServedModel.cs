using Sputnik.Generation;

namespace Sputnik.Server;

/// <summary>The model a server answers with, and what it tells clients of it.</summary>
public sealed record ServedModel
{
    /// <summary>What clients call it; may hold "/" and ":".</summary>
    public required string Id { get; init; }

    /// <summary>What answers. The server does not dispose of it.</summary>
    public required Responder Responder { get; init; }

    /// <summary>When the file was made.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>Family, as config.json's model_type says it.</summary>
    public required string Family { get; init; }

    /// <summary>Parameters in all.</summary>
    public required long Parameters { get; init; }

    /// <summary>Columns of the residual stream.</summary>
    public required int Width { get; init; }

    /// <summary>Bytes of the weights.</summary>
    public required long Bytes { get; init; }

    /// <summary>Positions it was made for.</summary>
    public required int TrainedContext { get; init; }

    /// <summary>How most of its weights are stored: F32, Q4_K.</summary>
    public required string Format { get; init; }

    /// <summary>Longest sequence here, prompt and answer.</summary>
    public int ContextTokens => Responder.Engine.ContextTokens;

    /// <summary>Whether its template tells of functions.</summary>
    public bool CallsFunctions => Responder.Loaded.Template.Tools is not null;

    /// <summary>Whether its vocabulary has tags around thinking.</summary>
    public bool Thinks => Responder.Loaded.Tokenizer is var tokenizer
        && tokenizer.Find(tokenizer.SpecialTokens.ThinkStart) is not null && tokenizer.Find(tokenizer.SpecialTokens.ThinkEnd) is not null;

    /// <summary>Whether a client's name means this model: its id, also with Ollama's ":latest".</summary>
    public bool IsNamed(string name) =>
        string.Equals(name, Id, StringComparison.Ordinal) || string.Equals(name, Id + ":latest", StringComparison.Ordinal);
}
