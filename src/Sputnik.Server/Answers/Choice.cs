using System.Text;
using Sputnik.Generation;
using Sputnik.Text;

namespace Sputnik.Server;

/// <summary>One answer put together of its pieces.</summary>
internal sealed class Choice
{
    private readonly StringBuilder _content = new();
    private readonly StringBuilder _thinking = new();
    private readonly List<(ToolCall Call, StringBuilder Arguments)> _calls = [];
    private readonly List<TokenEvent> _contentTokens = [];
    private readonly List<TokenEvent> _thinkingTokens = [];
    private AnswerEnd? _end;

    public string Content => _content.ToString();

    public string Thinking => _thinking.ToString();

    public IReadOnlyList<ToolCall> ToolCalls => [.. _calls.Select(call => call.Call with { Arguments = call.Arguments.ToString() })];

    /// <summary>Tokens of the answer's text, where log-probs were asked for.</summary>
    public IReadOnlyList<TokenEvent> ContentTokens => _contentTokens;

    public IReadOnlyList<TokenEvent> ThinkingTokens => _thinkingTokens;

    /// <summary>How it ended.</summary>
    public AnswerEnd End => _end ?? throw new InvalidOperationException("The engine closed an answer without saying how it ended.");

    public void Add(AnswerPiece piece)
    {
        switch (piece.Kind)
        {
            case AnswerPieceKind.Thinking:
                _thinking.Append(piece.Text);
                _thinkingTokens.AddRange(piece.Tokens);
                break;
            case AnswerPieceKind.Content:
                _content.Append(piece.Text);
                _contentTokens.AddRange(piece.Tokens);
                break;
            case AnswerPieceKind.ToolCall when piece.Call is { } call:
                _calls.Add((call, new(piece.Text)));
                break;
            case AnswerPieceKind.ToolArguments:
                _calls[^1].Arguments.Append(piece.Text);
                break;
            default:
                break;
        }

        _end = piece.End ?? _end;
    }
}
