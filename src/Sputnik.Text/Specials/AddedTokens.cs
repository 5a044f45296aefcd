namespace Sputnik.Text;

/// <summary>The added tokens of a vocabulary: by their text, and as they are found in text.</summary>
internal sealed class AddedTokens
{
    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);
    private readonly Dictionary<TokenMatch, (AddedTokenTrie Written, AddedTokenTrie Normalised)> _tries;

    /// <param name="tokens">The tokens.</param>
    /// <param name="specialTokens">Those that shape a conversation even where they are not written as tags.</param>
    public AddedTokens(IReadOnlyList<AddedToken> tokens, SpecialTokens specialTokens)
    {
        string[] shaping = specialTokens.All;
        foreach (AddedToken token in tokens)
        {
            _ids.TryAdd(token.Content, token.Id);
        }

        AddedToken[] userDefined = [.. tokens.Where(token => !token.Control)];
        _tries = new()
        {
            [TokenMatch.All] = Tries(tokens),
            [TokenMatch.UserDefined] = Tries(userDefined),
            [TokenMatch.Text] = Tries([.. userDefined.Where(token => !token.IsTag && !shaping.Contains(token.Content))]),
        };
    }

    /// <summary>The id of an added token by its text.</summary>
    public int? Find(string content) => _ids.TryGetValue(content, out int id) ? id : null;

    /// <summary>Finds tokens in text as it is written, and in text that is normalised.</summary>
    public (AddedTokenTrie Written, AddedTokenTrie Normalised) In(TokenMatch match) => _tries[match];

    private static (AddedTokenTrie Written, AddedTokenTrie Normalised) Tries(IReadOnlyList<AddedToken> tokens) =>
        (new(tokens.Where(token => !token.Normalised)), new(tokens.Where(token => token.Normalised)));
}
