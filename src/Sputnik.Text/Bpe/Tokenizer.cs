using System.Text;

namespace Sputnik.Text;

/// <summary>
/// Byte-level BPE: text to token ids and back. Every text has ids and <c>Decode(Encode(text)) == text</c> for all valid
/// UTF-16; a lone surrogate becomes U+FFFD. Immutable, so threads may share one.
/// </summary>
public sealed class Tokenizer
{
    private readonly byte[][] _tokens;
    private readonly BpeMerges _merges;
    private readonly int[] _byteIds = new int[256];

    /// <param name="tokens">The bytes of each token by id; every single byte is among them.</param>
    /// <param name="merges">The merges, best first.</param>
    /// <param name="specialTokens">The text of the special tokens.</param>
    /// <param name="special">Their ids.</param>
    internal Tokenizer(byte[][] tokens, BpeMerges merges, SpecialTokens specialTokens, SpecialIds special)
    {
        _tokens = tokens;
        _merges = merges;
        SpecialTokens = specialTokens;
        Special = special;

        for (int id = 0; id < tokens.Length; id++)
        {
            if (tokens[id].Length == 1 && !special.Contains(id))
            {
                _byteIds[tokens[id][0]] = id;
            }
        }
    }

    /// <summary>How many ids there are; all below it are valid.</summary>
    public int VocabularySize => _tokens.Length;

    /// <summary>The special tokens by role.</summary>
    public SpecialIds Special { get; }

    /// <summary>The text of the special tokens.</summary>
    public SpecialTokens SpecialTokens { get; }

    /// <summary>The merges, for the vocabulary file.</summary>
    internal BpeMerges Merges => _merges;

    /// <summary>Reads the tokenizer.json in a directory; its special tokens are DeepSeek's.</summary>
    /// <exception cref="InvalidDataException">The file is damaged or lacks a special token.</exception>
    /// <exception cref="NotSupportedException">The file asks for a pre-tokenizer, normalizer or model that is not built.</exception>
    public static Tokenizer Load(string directory) => Load(directory, new SpecialTokens());

    /// <summary>Reads the tokenizer.json in a directory, whose special tokens have the given texts.</summary>
    /// <exception cref="InvalidDataException">The file is damaged or lacks a special token.</exception>
    /// <exception cref="NotSupportedException">The file asks for a pre-tokenizer, normalizer or model that is not built.</exception>
    public static Tokenizer Load(string directory, SpecialTokens specialTokens) =>
        TokenizerFile.Load(directory, specialTokens.Validate());

    /// <summary>
    /// Writes tokenizer.json and tokenizer_config.json (with the chat template) in Hugging Face's format into a directory,
    /// which it creates. Each file appears whole or not at all.
    /// </summary>
    public void Save(string directory) => TokenizerFile.Save(this, directory);

    /// <summary>The ids of a text. No text encodes to a special token: "&lt;/think&gt;" typed by a user is plain characters.</summary>
    public int[] Encode(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var ids = new List<int>((text.Length / 2) + 1);
        var merger = new BpeMerger(_merges);
        var scanner = new PieceScanner(text);
        byte[] bytes = [];
        int[] symbols = [];
        while (scanner.Next(out ReadOnlySpan<char> piece))
        {
            int most = Encoding.UTF8.GetMaxByteCount(piece.Length);
            if (bytes.Length < most)
            {
                bytes = new byte[most];
                symbols = new int[most];
            }

            int count = Encoding.UTF8.GetBytes(piece, bytes);
            for (int i = 0; i < count; i++)
            {
                symbols[i] = _byteIds[bytes[i]];
            }

            merger.Merge(symbols.AsSpan(0, count), ids);
        }

        return [.. ids];
    }

    /// <summary>The text of ids. Bytes that are not UTF-8, as a sampled sequence may hold, become U+FFFD.</summary>
    /// <param name="ids">Token ids.</param>
    /// <param name="skipControl">Leave out begin, end, user and assistant tokens; the thinking tags always appear.</param>
    /// <exception cref="ArgumentException">An id is not in the vocabulary.</exception>
    public string Decode(ReadOnlySpan<int> ids, bool skipControl = false)
    {
        var decoder = new StreamDecoder(this, skipControl);
        var text = new StringBuilder();
        foreach (int id in ids)
        {
            text.Append(decoder.Push(id));
        }

        return text.Append(decoder.Flush()).ToString();
    }

    /// <summary>The bytes of one token, which may be a part of a character; of a special token, its text.</summary>
    /// <exception cref="ArgumentException">The id is not in the vocabulary.</exception>
    public ReadOnlySpan<byte> Bytes(int id)
    {
        if ((uint)id >= (uint)_tokens.Length)
        {
            throw new ArgumentException($"Token {id} is not in the vocabulary of {VocabularySize}.", nameof(id));
        }

        return _tokens[id];
    }
}
