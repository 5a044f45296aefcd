namespace Sputnik.Text;

/// <summary>A <see cref="Tokenizer"/> as <see cref="TokenizerData"/>: the inverse of <see cref="TokenizerDataReader"/>, refused where it would encode otherwise.</summary>
internal sealed class TokenizerDataWriter(Tokenizer tokenizer)
{
    private readonly TokenizerParts _parts = tokenizer.Parts;
    private readonly Dictionary<int, AddedToken> _added = tokenizer.Parts.Added.ToDictionary(token => token.Id);

    /// <summary>The vocabulary, and rows of the embedding beyond it as tokens that are never written.</summary>
    public TokenizerData Write(int rows)
    {
        TokenizerSpelling spelling = new(_parts);
        List<string> tokens = [.. Enumerable.Range(0, tokenizer.VocabularySize).Select(id => _added.TryGetValue(id, out AddedToken own) ? own.Content : spelling.Of(id))];
        List<TokenKind> kinds = [.. Enumerable.Range(0, tokenizer.VocabularySize).Select(Kind)];
        for (int id = tokens.Count; id < rows; id++)
        {
            // As other converters name them.
            tokens.Add($"[PAD{id}]");
            kinds.Add(TokenKind.Unused);
        }

        TokenizerData data = new()
        {
            Model = _parts.SentencePiece ? "llama" : "gpt2",
            Pre = _parts.SentencePiece ? "default" : _parts.Cut.Name,
            Tokens = [.. tokens],
            TokenTypes = kinds,
            Scores = _parts.SentencePiece ? Scores(rows) : null,
            Merges = _parts.SentencePiece ? null : [.. _parts.Merges.Pairs.Select(pair => $"{spelling.Of(pair.Left)} {spelling.Of(pair.Right)}")],
            BosId = _parts.BosId,
            EosId = _parts.EosId,
            UnknownId = _parts.UnknownId,
            PaddingId = _parts.PaddingId,
            AddBos = _parts.AddBos,
            AddEos = _parts.AddEos,
            AddSpacePrefix = _parts.SentencePiece ? _parts.SpacePrefix != SpacePrefix.Never : null,
        };
        Check(data);
        return data;
    }

    private TokenKind Kind(int id)
    {
        TokenKind kind = _parts.Vocabulary.Kind(id);
        return kind != TokenKind.Unknown && _added.TryGetValue(id, out AddedToken added) ? added.Control ? TokenKind.Control : TokenKind.UserDefined : kind;
    }

    // A score for the rank of the first merge that makes the token: published files list merges by the score of what they make.
    private List<float> Scores(int rows)
    {
        float[] scores = new float[Math.Max(rows, tokenizer.VocabularySize)];
        HashSet<int> ranked = [];
        foreach ((int left, int right) in _parts.Merges.Pairs)
        {
            _parts.Merges.TryGet(left, right, out (int Rank, int Id) merge);
            if (ranked.Add(merge.Id))
            {
                scores[merge.Id] = -ranked.Count;
            }
        }

        return [.. scores];
    }

    // The format has no word for some differences; what it makes of the data must be the same tokenizer.
    private void Check(TokenizerData data)
    {
        TokenizerParts again = Tokenizer.From(data).Parts;
        if (again.IgnoreMerges != _parts.IgnoreMerges)
        {
            throw new NotSupportedException($"GGUF has no word for 'ignore_merges' = {_parts.IgnoreMerges} with the pre-tokenizer '{data.Pre}'.");
        }

        if (again.Merges.Pairs.Count != _parts.Merges.Pairs.Count || again.Merges.Pairs.Any(pair => !SameMerge(again, pair)))
        {
            throw new NotSupportedException($"GGUF would merge otherwise: {_parts.Merges.Pairs.Count} merges would become {again.Merges.Pairs.Count}.");
        }
    }

    private bool SameMerge(TokenizerParts again, (int Left, int Right) pair) =>
        _parts.Merges.TryGet(pair.Left, pair.Right, out (int Rank, int Id) ours) && again.Merges.TryGet(pair.Left, pair.Right, out (int Rank, int Id) theirs) && ours.Id == theirs.Id;
}
