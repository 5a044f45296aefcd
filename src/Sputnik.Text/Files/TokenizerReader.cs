using System.Text;

namespace Sputnik.Text;

/// <summary>Turns a parsed tokenizer.json into a <see cref="Tokenizer"/>, refusing what would be read wrongly.</summary>
internal sealed class TokenizerReader(string path, TokenizerJson json)
{
    /// <summary>Checks everything once, so that the tokenizer itself need not.</summary>
    public Tokenizer Read(SpecialTokens specialTokens)
    {
        RefuseTheUnknown();

        byte[][] tokens = ReadTokens(specialTokens.All);
        BpeMerges merges = ReadMerges();
        int[] ids = Array.ConvertAll(specialTokens.All, SpecialId);
        return new Tokenizer(tokens, merges, specialTokens, new SpecialIds(ids[0], ids[1], ids[2], ids[3], ids[4], ids[5]));
    }

    private void RefuseTheUnknown()
    {
        BpeJson model = json.Model;
        if (model.Type != "BPE" || model.ByteFallback || model.IgnoreMerges)
        {
            throw Unsupported($"model '{model.Type}' with byte_fallback {model.ByteFallback} and ignore_merges {model.IgnoreMerges}");
        }

        if (json.Normalizer is { } normalizer)
        {
            throw Unsupported($"normalizer '{normalizer.Type}'");
        }

        if (json.Decoder.Type != "ByteLevel")
        {
            throw Unsupported($"decoder '{json.Decoder.Type}'");
        }

        List<StepJson> known = TokenizerFile.PreTokenizer().Pretokenizers ?? [];
        List<StepJson> steps = json.PreTokenizer.Pretokenizers ?? [json.PreTokenizer];
        StepJson? strange = steps.Where((step, i) => i >= known.Count || step != known[i]).FirstOrDefault();
        if (strange is not null || steps.Count != known.Count)
        {
            StepJson named = strange ?? json.PreTokenizer;
            throw Unsupported($"pre-tokenizer '{named.Type}' {named.Pattern?.Regex}".TrimEnd());
        }
    }

    private byte[][] ReadTokens(string[] special)
    {
        Dictionary<string, int> vocabulary = json.Model.Vocab;
        var tokens = new byte[vocabulary.Count][];
        var bytesSeen = new HashSet<byte>();
        foreach ((string spelled, int id) in vocabulary)
        {
            if (id < 0 || id >= tokens.Length || tokens[id] is not null)
            {
                throw Bad($"id {id} of '{spelled}' is taken or not below the {tokens.Length} entries of the vocabulary");
            }

            bool isSpecial = special.Contains(spelled);
            tokens[id] = (isSpecial ? Encoding.UTF8.GetBytes(spelled) : ByteAlphabet.Read(spelled))
                ?? throw Bad($"'{spelled}' (id {id}) has a character that stands for no byte");
            if (!isSpecial && tokens[id].Length == 1)
            {
                bytesSeen.Add(tokens[id][0]);
            }
        }

        return bytesSeen.Count == 256 ? tokens : throw Bad($"the vocabulary has {bytesSeen.Count} of the 256 bytes");
    }

    private BpeMerges ReadMerges()
    {
        var merges = new BpeMerges();
        foreach (string line in json.Model.Merges)
        {
            string[] sides = line.Split(' ');
            if (sides.Length != 2
                || !json.Model.Vocab.TryGetValue(sides[0], out int left)
                || !json.Model.Vocab.TryGetValue(sides[1], out int right)
                || !json.Model.Vocab.TryGetValue(sides[0] + sides[1], out int id))
            {
                throw Bad($"merge '{line}' must be two tokens of the vocabulary whose join is in it too");
            }

            if (!merges.TryAdd(left, right, id))
            {
                throw Bad($"merge '{line}' is there twice");
            }
        }

        return merges;
    }

    private int SpecialId(string text)
    {
        AddedTokenJson token = json.AddedTokens.Find(added => added.Content == text)
            ?? throw Bad($"there is no added token '{text}'");
        return json.Model.Vocab.TryGetValue(text, out int id) && id == token.Id
            ? id
            : throw Bad($"added token '{text}' has id {token.Id}, which the vocabulary does not confirm");
    }

    private InvalidDataException Bad(string what) => new($"'{path}': {what}.");

    private NotSupportedException Unsupported(string what) => new($"'{path}' asks for {what}, which is not built.");
}
