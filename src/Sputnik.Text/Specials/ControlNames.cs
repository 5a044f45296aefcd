namespace Sputnik.Text;

/// <summary>Names of control tokens that published vocabularies use. (The lists are llama.cpp's.)</summary>
internal static class ControlNames
{
    private static readonly HashSet<string> Ends = new(StringComparer.Ordinal)
    {
        "<|eot_id|>", "<|eom_id|>", "<|im_end|>", "<|end|>", "<end_of_turn>", "<|endoftext|>", "<|end_of_text|>",
        "<EOT>", "<|EOT|>", "<｜end▁of▁sentence｜>",
    };

    private static readonly HashSet<string> FillInTheMiddle = new(StringComparer.Ordinal)
    {
        "<|fim_prefix|>", "<fim-prefix>", "<fim_prefix>", "<｜fim▁begin｜>", "<PRE>", "▁<PRE>",
        "<|fim_suffix|>", "<fim-suffix>", "<fim_suffix>", "<｜fim▁hole｜>", "<SUF>", "▁<SUF>",
        "<|fim_middle|>", "<fim-middle>", "<fim_middle>", "<｜fim▁end｜>", "<MID>", "▁<MID>",
        "<|fim_pad|>", "<fim-pad>", "<fim_pad>", "<PAD>",
        "<|fim_repo|>", "<|repo_name|>", "<fim-repo>", "<REPO>", "<|file_sep|>",
    };

    /// <summary>Whether a token has this kind whatever its file says: some files call such a token user-defined.</summary>
    public static bool Has(string token) => Ends.Contains(token) || FillInTheMiddle.Contains(token);

    /// <summary>The tokens that end a response: the end of a sequence, what the file names besides, and those known by their names.</summary>
    public static int[] EndsOf(TokenizerParts parts)
    {
        IEnumerable<int> named = parts.Added.Where(token => token.Control && Ends.Contains(token.Content)).Select(token => token.Id);
        IEnumerable<int> first = parts.EosId is { } eos ? [eos] : [];
        return [.. first.Concat(parts.OtherEndIds).Concat(named).Distinct()];
    }
}
