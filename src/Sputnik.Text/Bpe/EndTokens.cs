namespace Sputnik.Text;

/// <summary>Which tokens end a response.</summary>
internal static class EndTokens
{
    // Names under which published vocabularies end a turn, a message or a text (the list is llama.cpp's).
    private static readonly string[] Names =
    [
        "<|eot_id|>", "<|eom_id|>", "<|im_end|>", "<|end|>", "<end_of_turn>", "<|endoftext|>", "<|end_of_text|>",
        "<EOT>", "<|EOT|>", "<｜end▁of▁sentence｜>",
    ];

    /// <summary>The end of a sequence, what the file names besides, and control tokens that are known to end.</summary>
    public static int[] Of(TokenizerParts parts)
    {
        IEnumerable<int> named = parts.Added.Where(token => token.Control && Names.Contains(token.Content)).Select(token => token.Id);
        IEnumerable<int> first = parts.EosId is { } eos ? [eos] : [];
        return [.. first.Concat(parts.OtherEndIds).Concat(named).Distinct()];
    }
}
