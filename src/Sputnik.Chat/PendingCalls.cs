using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Sputnik.Generation;
using Sputnik.Text;

namespace Sputnik.Chat;

/// <summary>Puts a call's streamed arguments together: it is given out whole, once something else comes.</summary>
internal sealed class PendingCalls
{
    private readonly StringBuilder _arguments = new();
    private ToolCall? _call;

    /// <summary>Takes a piece and returns the call that ended before it.</summary>
    public List<AIContent> Take(AnswerPiece piece)
    {
        if (piece.Kind == AnswerPieceKind.ToolArguments)
        {
            _arguments.Append(piece.Text);
            return [];
        }

        List<AIContent> ended = _call is null ? [] : [Content(_call, _arguments.ToString())];
        _call = piece.Call;
        _arguments.Clear();
        return ended;
    }

    /// <summary>The model's arguments may be no JSON object: then the content says so, and the caller decides.</summary>
    private static FunctionCallContent Content(ToolCall call, string arguments)
    {
        FunctionCallContent content = new(call.Id, call.Name);
        try
        {
            using JsonDocument json = JsonDocument.Parse(arguments.Length == 0 ? "{}" : arguments);
            content.Arguments = json.RootElement.Clone().EnumerateObject().ToDictionary(field => field.Name, object? (field) => field.Value, StringComparer.Ordinal);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            content.Exception = new InvalidDataException($"The arguments of '{call.Name}' are no JSON object: {arguments}", e);
        }

        return content;
    }
}
