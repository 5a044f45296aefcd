using System.Text;
using Sputnik.Generation;

namespace Sputnik.Server;

/// <summary>Anthropic's events: blocks are opened, grow, and are closed, one after the other.</summary>
internal sealed class MessageEvents(EventStream stream, MessagesReply reply)
{
    private readonly StringBuilder _thinking = new();
    private AnswerPieceKind? _open;
    private int _index = -1;

    public Task Begin() => Send("message_start", json => json.Object("message").With(Start).End());

    /// <summary>A sign of life.</summary>
    public Task Ping() => Send("ping", _ => { });

    public async Task Take(AnswerPiece piece)
    {
        AnswerPieceKind kind = piece.Kind == AnswerPieceKind.ToolArguments ? AnswerPieceKind.ToolCall : piece.Kind;
        if (kind == AnswerPieceKind.Finish)
        {
            await Close().ConfigureAwait(false);
            await Send("message_delta", json => json.Object("delta").With(j => MessagesReply.Stop(j, piece.End)).End().With(reply.Usage)).ConfigureAwait(false);
            await Send("message_stop", _ => { }).ConfigureAwait(false);
            return;
        }

        if (piece.Text.Length == 0 && piece.Kind != AnswerPieceKind.ToolCall)
        {
            return;
        }

        if (_open != kind || piece.Kind == AnswerPieceKind.ToolCall)
        {
            await Close().ConfigureAwait(false);
            await Open(piece, kind).ConfigureAwait(false);
        }

        await Delta(piece, kind).ConfigureAwait(false);
    }

    private void Start(Json json) =>
        reply.Head(json).Array("content").End().With(j => MessagesReply.Stop(j, null)).With(reply.Usage);

    private Task Open(AnswerPiece piece, AnswerPieceKind kind)
    {
        (_open, _index) = (kind, _index + 1);
        return Send("content_block_start", json =>
        {
            json.Set("index", _index).Object("content_block");
            switch (kind)
            {
                case AnswerPieceKind.Thinking:
                    json.Set("type", "thinking").Set("thinking", "").Set("signature", "");
                    break;
                case AnswerPieceKind.ToolCall:
                    json.Set("type", "tool_use").Set("id", piece.Call?.Id).Set("name", piece.Call?.Name).Object("input").End();
                    break;
                default:
                    json.Set("type", "text").Set("text", "");
                    break;
            }

            json.End();
        });
    }

    private Task Delta(AnswerPiece piece, AnswerPieceKind kind)
    {
        if (piece.Text.Length == 0)
        {
            return Task.CompletedTask;
        }

        if (kind == AnswerPieceKind.Thinking)
        {
            _thinking.Append(piece.Text);
        }

        (string type, string field) = kind switch
        {
            AnswerPieceKind.Thinking => ("thinking_delta", "thinking"),
            AnswerPieceKind.ToolCall => ("input_json_delta", "partial_json"),
            _ => ("text_delta", "text"),
        };
        return Send("content_block_delta", json => json.Set("index", _index).Object("delta").Set("type", type).Set(field, piece.Text).End());
    }

    private async Task Close()
    {
        if (_open == AnswerPieceKind.Thinking)
        {
            await Send("content_block_delta", json => json.Set("index", _index)
                .Object("delta").Set("type", "signature_delta").Set("signature", MessagesReply.Signature(_thinking.ToString())).End()).ConfigureAwait(false);
        }

        if (_open is not null)
        {
            await Send("content_block_stop", json => json.Set("index", _index)).ConfigureAwait(false);
        }

        _open = null;
    }

    private async Task Send(string name, Action<Json> fields)
    {
        using Json json = new Json().Object().Set("type", name).With(fields).End();
        await stream.Send(name, json).ConfigureAwait(false);
    }
}
