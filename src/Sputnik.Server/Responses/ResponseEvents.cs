using Sputnik.Generation;
using Sputnik.Text;

namespace Sputnik.Server;

/// <summary>The events of a streamed response: items are added, grow, and are done, one after the other.</summary>
internal sealed class ResponseEvents(EventStream stream, ResponsesReply reply)
{
    private readonly Choice _choice = new();
    private AnswerPieceKind? _open;
    private int _item = -1;
    private int _sequence;

    public async Task Begin()
    {
        await Send("response.created", json => json.Object("response").With(j => reply.Write(j, null, ended: false)).End()).ConfigureAwait(false);
        await Send("response.in_progress", json => json.Object("response").With(j => reply.Write(j, null, ended: false)).End()).ConfigureAwait(false);
    }

    public async Task Take(AnswerPiece piece)
    {
        AnswerPieceKind kind = piece.Kind == AnswerPieceKind.ToolArguments ? AnswerPieceKind.ToolCall : piece.Kind;
        bool says = piece.Text.Length > 0 || piece.Kind == AnswerPieceKind.ToolCall;
        if (kind == AnswerPieceKind.Finish || (says && (_open != kind || piece.Kind == AnswerPieceKind.ToolCall)))
        {
            await Close().ConfigureAwait(false);
        }

        _choice.Add(piece);
        if (kind == AnswerPieceKind.Finish)
        {
            string name = piece.End?.Reason is AnswerEndReason.Length or AnswerEndReason.Loop ? "response.incomplete" : "response.completed";
            await Send(name, json => json.Object("response").With(j => reply.Write(j, _choice, ended: true)).End()).ConfigureAwait(false);
        }
        else if (says)
        {
            await (_open is null ? Open(kind) : Task.CompletedTask).ConfigureAwait(false);
            await Delta(piece, kind).ConfigureAwait(false);
        }
    }

    private async Task Open(AnswerPieceKind kind)
    {
        (_open, _item) = (kind, _item + 1);
        await Send("response.output_item.added", json => json.Set("output_index", _item).Object("item").With(j => Item(j, kind, whole: false)).End()).ConfigureAwait(false);
        if (kind != AnswerPieceKind.ToolCall)
        {
            await Send("response.content_part.added", json => Part(json, kind, "")).ConfigureAwait(false);
        }
    }

    private Task Delta(AnswerPiece piece, AnswerPieceKind kind) => piece.Text.Length == 0
        ? Task.CompletedTask
        : Send(Name(kind) + ".delta", json => Place(json, kind).Set("delta", piece.Text));

    private async Task Close()
    {
        if (_open is not AnswerPieceKind kind)
        {
            return;
        }

        await Send(Name(kind) + ".done", json => Place(json, kind).Set(kind == AnswerPieceKind.ToolCall ? "arguments" : "text", Said(kind))).ConfigureAwait(false);
        if (kind != AnswerPieceKind.ToolCall)
        {
            await Send("response.content_part.done", json => Part(json, kind, Said(kind))).ConfigureAwait(false);
        }

        await Send("response.output_item.done", json => json.Set("output_index", _item).Object("item").With(j => Item(j, kind, whole: true)).End()).ConfigureAwait(false);
        _open = null;
    }

    private static string Name(AnswerPieceKind kind) => kind switch
    {
        AnswerPieceKind.Thinking => "response.reasoning_text",
        AnswerPieceKind.Content => "response.output_text",
        _ => "response.function_call_arguments",
    };

    private string Said(AnswerPieceKind kind) => kind switch
    {
        AnswerPieceKind.Thinking => _choice.Thinking,
        AnswerPieceKind.Content => _choice.Content,
        _ => _choice.ToolCalls[^1].Arguments,
    };

    private Json Place(Json json, AnswerPieceKind kind)
    {
        json.Set("item_id", reply.ItemId(kind, Math.Max(0, _choice.ToolCalls.Count - 1))).Set("output_index", _item);
        return kind == AnswerPieceKind.ToolCall ? json : json.Set("content_index", 0);
    }

    private void Part(Json json, AnswerPieceKind kind, string text) => Place(json, kind).Object("part").With(j => ResponsesReply.Part(j, kind, text)).End();

    private void Item(Json json, AnswerPieceKind kind, bool whole)
    {
        string status = whole ? "completed" : "in_progress";
        switch (kind)
        {
            case AnswerPieceKind.Thinking:
                reply.ThinkingFields(json, whole ? Said(kind) : null, status);
                break;
            case AnswerPieceKind.Content:
                reply.MessageFields(json, whole ? Said(kind) : null, status);
                break;
            default:
                ToolCall call = _choice.ToolCalls[^1];
                reply.CallFields(json, whole ? call : call with { Arguments = "" }, _choice.ToolCalls.Count - 1, status);
                break;
        }
    }

    private async Task Send(string name, Action<Json> fields)
    {
        using Json json = new Json().Object().Set("type", name).Set("sequence_number", _sequence++).With(fields).End();
        await stream.Send(name, json).ConfigureAwait(false);
    }
}
