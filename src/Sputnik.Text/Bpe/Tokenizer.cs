using System.Text;

namespace Sputnik.Text;

/// <summary>
/// BPE over bytes or over SentencePiece's characters: text to token ids and back. Every text has ids and
/// <c>Decode(Encode(text)) == text</c> for all valid UTF-16, where the vocabulary does not normalise it; a lone surrogate
/// becomes U+FFFD. Immutable, so threads may share one.
/// </summary>
public sealed class Tokenizer
{
    private readonly TokenizerParts _parts;
    private readonly AddedTokens _added;
    private readonly PieceEncoder.Shared _pieces;
    private readonly SpecialIds? _special;

    internal Tokenizer(TokenizerParts parts)
    {
        _parts = parts;
        _added = new AddedTokens(parts.Added, parts.SpecialTokens);
        _pieces = new PieceEncoder.Shared(parts);
        _special = SpecialIds.Find(parts.SpecialTokens, _added.Find);
        EndIds = ControlNames.EndsOf(parts);
    }

    /// <summary>How many ids there are; all below it are valid.</summary>
    public int VocabularySize => _parts.Vocabulary.Count;

    /// <summary>Whether the vocabulary has all of <see cref="SpecialTokens"/>, as those of DeepSeek-R1 and its Qwen distillations have.</summary>
    public bool HasSpecial => _special is not null;

    /// <summary>The special tokens by role.</summary>
    /// <exception cref="NotSupportedException">The vocabulary lacks one: see <see cref="HasSpecial"/>.</exception>
    public SpecialIds Special => _special ?? throw new NotSupportedException(
        $"This vocabulary has no '{SpecialTokens.All.First(text => Find(text) is null)}': it is not made for conversations in DeepSeek-R1's format.");

    /// <summary>The text of the special tokens.</summary>
    public SpecialTokens SpecialTokens => _parts.SpecialTokens;

    /// <summary>Opens every sequence.</summary>
    public int? BosId => _parts.BosId;

    /// <summary>Ends every sequence.</summary>
    public int? EosId => _parts.EosId;

    /// <summary>Stands for what has no token.</summary>
    public int? UnknownId => _parts.UnknownId;

    /// <summary>Fills rows that are too short.</summary>
    public int? PaddingId => _parts.PaddingId;

    /// <summary>The tokens that end a response, <see cref="EosId"/> first.</summary>
    public IReadOnlyList<int> EndIds { get; }

    /// <summary>Whether a prompt opens with <see cref="BosId"/>.</summary>
    public bool AddBos => _parts.AddBos;

    /// <summary>Whether a prompt ends with <see cref="EosId"/>.</summary>
    public bool AddEos => _parts.AddEos;

    /// <summary>What it is made of, for the vocabulary file and the decoder.</summary>
    internal TokenizerParts Parts => _parts;

    /// <summary>The merges.</summary>
    internal BpeMerges Merges => _parts.Merges;

    /// <summary>Reads the tokenizer.json in a directory, and tokenizer_config.json where there is one.</summary>
    /// <exception cref="InvalidDataException">A file is damaged.</exception>
    /// <exception cref="NotSupportedException">A file asks for a pre-tokenizer, normalizer or model that is not built.</exception>
    public static Tokenizer Load(string directory) => TokenizerFile.Load(directory, new SpecialTokens());

    /// <summary>Reads the tokenizer.json in a directory, whose special tokens have the given texts.</summary>
    /// <exception cref="InvalidDataException">A file is damaged or lacks a special token.</exception>
    /// <exception cref="NotSupportedException">A file asks for a pre-tokenizer, normalizer or model that is not built.</exception>
    public static Tokenizer Load(string directory, SpecialTokens specialTokens) =>
        TokenizerFile.Load(directory, specialTokens.Validate()).Requiring(directory);

    /// <summary>Makes a tokenizer of a vocabulary as GGUF holds it.</summary>
    /// <exception cref="InvalidDataException">The vocabulary is damaged.</exception>
    /// <exception cref="NotSupportedException">It asks for a model or a pre-tokenizer that is not built.</exception>
    public static Tokenizer From(TokenizerData data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return new TokenizerDataReader(data).Read();
    }

    /// <summary>
    /// Writes tokenizer.json and tokenizer_config.json (with the chat template) in Hugging Face's format into a directory,
    /// which it creates. Each file appears whole or not at all.
    /// </summary>
    /// <exception cref="NotSupportedException">The vocabulary was not trained here.</exception>
    public void Save(string directory) => TokenizerFile.Save(this, directory);

    /// <summary>
    /// Writes tokenizer.json and tokenizer_config.json of a vocabulary of any origin into a directory that is there; read
    /// again they encode as this does.
    /// </summary>
    /// <param name="directory">The directory.</param>
    /// <param name="chatTemplate">The chat template; null where there is none.</param>
    public void Export(string directory, string? chatTemplate) => TokenizerFile.Export(this, directory, chatTemplate);

    /// <summary>The vocabulary as GGUF holds it; read again it encodes as this does, but for Unicode's form C, of which GGUF knows nothing.</summary>
    /// <param name="rows">Rows of the model's embedding: those beyond the vocabulary become tokens that are never written.</param>
    /// <exception cref="NotSupportedException">GGUF has no word for how it encodes.</exception>
    public TokenizerData ToData(int rows) => new TokenizerDataWriter(this).Write(rows);

    /// <summary>The ids of a text. No text encodes to a special token: "&lt;/think&gt;" typed by a user is plain characters.</summary>
    public int[] Encode(string text) => Encode(text, parseSpecial: false);

    /// <summary>The ids of a text from a user, or of a template that may hold special tokens.</summary>
    /// <param name="text">The text.</param>
    /// <param name="parseSpecial">Whether the text of a special token becomes it. Only for text that no user wrote.</param>
    /// <param name="addSpecial">Whether to add <see cref="BosId"/> and <see cref="EosId"/> as <see cref="AddBos"/> and <see cref="AddEos"/> say, if they are not there yet.</param>
    public int[] Encode(string text, bool parseSpecial, bool addSpecial = false) =>
        EncodeSegments([(text, parseSpecial)], addSpecial);

    /// <summary>
    /// The ids of a rendered template, of which some parts came from users: special tokens are parsed in trusted parts only
    /// and never across two parts, and all else is encoded as if it were one text.
    /// </summary>
    /// <param name="segments">The parts in order.</param>
    /// <param name="addSpecial">As in <see cref="Encode(string, bool, bool)"/>.</param>
    public int[] EncodeSegments(IEnumerable<(string Text, bool Trusted)> segments, bool addSpecial = false)
    {
        ArgumentNullException.ThrowIfNull(segments);
        TextEncoder encoder = Encoder();
        foreach ((string text, bool trusted) in segments)
        {
            ArgumentNullException.ThrowIfNull(text, nameof(segments));
            encoder.Add(text, trusted ? TokenMatch.All : TokenMatch.Text);
        }

        List<int> ids = encoder.Finish();
        if (addSpecial && AddBos && BosId is { } bos && (ids.Count == 0 || ids[0] != bos))
        {
            ids.Insert(0, bos);
        }

        if (addSpecial && AddEos && EosId is { } eos && (ids.Count == 0 || ids[^1] != eos))
        {
            ids.Add(eos);
        }

        return [.. ids];
    }

    /// <summary>The ids of a text with exactly these added tokens in it.</summary>
    internal int[] Encode(string text, TokenMatch match)
    {
        TextEncoder encoder = Encoder();
        encoder.Add(text, match);
        return [.. encoder.Finish()];
    }

    /// <summary>The text of ids. Bytes that are not UTF-8, as a sampled sequence may hold, become U+FFFD.</summary>
    /// <param name="ids">Token ids.</param>
    /// <param name="skipControl">Leave out tokens without text of their own, such as begin and end; the thinking tags always appear.</param>
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
    public ReadOnlySpan<byte> Bytes(int id) => _parts.Vocabulary.Bytes(Known(id));

    /// <summary>What a token is.</summary>
    /// <exception cref="ArgumentException">The id is not in the vocabulary.</exception>
    public TokenKind Kind(int id) => _parts.Vocabulary.Kind(Known(id));

    /// <summary>The id of a special token or another added one by its whole text; null when there is none.</summary>
    public int? Find(string content)
    {
        ArgumentNullException.ThrowIfNull(content);
        return _added.Find(content);
    }

    private TextEncoder Encoder() => new(_parts, _added, new PieceEncoder(_pieces));

    private Tokenizer Requiring(string directory)
    {
        string? lacking = HasSpecial ? null : SpecialTokens.All.First(text => Find(text) is null);
        return lacking is null ? this : throw new InvalidDataException($"'{directory}': there is no added token '{lacking}'.");
    }

    private int Known(int id) => (uint)id < (uint)VocabularySize
        ? id
        : throw new ArgumentException($"Token {id} is not in the vocabulary of {VocabularySize}.", nameof(id));
}
