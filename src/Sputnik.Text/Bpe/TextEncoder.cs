using System.Text;

namespace Sputnik.Text;

/// <summary>
/// Text to ids: added tokens are found first, then what is between them is normalised, cut and merged. Text of several calls
/// that no token parts is merged as one.
/// </summary>
internal sealed class TextEncoder(TokenizerParts parts, AddedTokens added, PieceEncoder pieces)
{
    private readonly PieceEnds _ends = new();
    private readonly StringBuilder _text = new();
    private readonly List<int> _ids = [];
    private bool _opensWithSpace = parts.SpacePrefix != SpacePrefix.Never;

    /// <summary>Adds a text and the tokens that it may hold.</summary>
    public void Add(string text, TokenMatch match)
    {
        (AddedTokenTrie written, AddedTokenTrie normalised) = added.In(match);
        int start = 0;
        while (start < text.Length)
        {
            bool found = written.TryFind(text, start, out AddedToken token, out int at);
            AddNormalised(Between(text.AsSpan(start..at), found && token.LeftStrip), normalised);
            start = found ? AddToken(text, at, token) : at;
        }
    }

    /// <summary>The ids of all that was added.</summary>
    public List<int> Finish()
    {
        Flush();
        return _ids;
    }

    private void AddNormalised(ReadOnlySpan<char> text, AddedTokenTrie tokens)
    {
        if (parts.Nfc && !tokens.IsEmpty)
        {
            text = Nfc.Normalize(text.ToString());
        }

        int start = 0;
        while (start < text.Length)
        {
            bool found = tokens.TryFind(text, start, out AddedToken token, out int at);
            _text.Append(Between(text[start..at], found && token.LeftStrip));
            start = found ? AddToken(text, at, token) : at;
        }
    }

    private int AddToken(ReadOnlySpan<char> text, int at, AddedToken token)
    {
        Flush();
        _ids.Add(token.Id);
        _opensWithSpace = parts.SpacePrefix == SpacePrefix.Always;
        int end = at + token.Content.Length;
        return token.RightStrip ? Runes.Skip(text, end, RuneClass.Space) : end;
    }

    private static ReadOnlySpan<char> Between(ReadOnlySpan<char> text, bool strip) => strip ? text.TrimEnd() : text;

    private void Flush()
    {
        if (_text.Length == 0)
        {
            return;
        }

        string text = _text.ToString();
        _text.Clear();
        if (parts.Nfc)
        {
            text = Nfc.Normalize(text);
        }

        if (parts.SentencePiece)
        {
            text = (_opensWithSpace ? " " : "") + SentencePieceText.Read(text);
            _opensWithSpace = false;
        }

        var scanner = new PieceScanner(text, parts.Cut, _ends);
        while (scanner.Next(out ReadOnlySpan<char> piece))
        {
            pieces.Encode(piece, _ids);
        }
    }
}
