using System.Text;

namespace Sputnik.Text;

/// <summary>
/// The symbols that merging begins with: one token a byte, or (SentencePiece) one a character, and for a character without a
/// token its bytes or the unknown token.
/// </summary>
internal sealed class SymbolReader
{
    private readonly Vocabulary _vocabulary;
    private readonly bool _characters;
    private readonly int? _unknown;
    private readonly int?[] _byteIds = new int?[256];

    /// <param name="vocabulary">The tokens.</param>
    /// <param name="characters">Whether a symbol is a character.</param>
    /// <param name="unknown">The token for what has none.</param>
    /// <exception cref="InvalidDataException">A byte that text may hold has no token, and nothing stands for the unknown.</exception>
    public SymbolReader(Vocabulary vocabulary, bool characters, int? unknown)
    {
        _vocabulary = vocabulary;
        _characters = characters;
        _unknown = unknown;
        for (int id = 0; id < vocabulary.Count; id++)
        {
            ReadOnlySpan<byte> bytes = vocabulary.Bytes(id);
            bool isByte = bytes.Length == 1 && vocabulary.Kind(id) == (characters ? TokenKind.Byte : TokenKind.Normal);
            if (isByte)
            {
                _byteIds[bytes[0]] ??= id;
            }
        }

        int lacking = Enumerable.Range(0, 256).Count(b => _byteIds[b] is null && IsOfText(b));
        if (unknown is null && lacking > 0)
        {
            throw new InvalidDataException($"the vocabulary has {_byteIds.Count(id => id is not null)} of the 256 bytes and no token for the unknown");
        }
    }

    /// <summary>Appends the symbols of UTF-8 text.</summary>
    public void Read(ReadOnlySpan<byte> utf8, List<int> symbols)
    {
        while (!utf8.IsEmpty)
        {
            int length = 1;
            if (_characters)
            {
                _ = Rune.DecodeFromUtf8(utf8, out _, out length);
            }

            if (_characters && _vocabulary.TryFind(utf8[..length], out int id))
            {
                symbols.Add(id);
            }
            else
            {
                ReadBytes(utf8[..length], symbols);
            }

            utf8 = utf8[length..];
        }
    }

    private void ReadBytes(ReadOnlySpan<byte> bytes, List<int> symbols)
    {
        foreach (byte b in bytes)
        {
            if (_byteIds[b] is not { } id)
            {
                symbols.Add(_unknown ?? throw new InvalidOperationException($"Byte {b} has no token, which was checked."));
                return;
            }

            symbols.Add(id);
        }
    }

    // The other 13 bytes stand in no UTF-8.
    private static bool IsOfText(int b) => b is not (0xC0 or 0xC1 or >= 0xF5);
}
