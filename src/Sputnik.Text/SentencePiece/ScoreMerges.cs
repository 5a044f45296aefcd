namespace Sputnik.Text;

/// <summary>
/// SentencePiece's merges: two neighbours join when their text is a token, the one of the highest score first, the leftmost
/// among equals. (Kudo and Richardson 2018, arXiv:1808.06226.)
/// </summary>
internal static class ScoreMerges
{
    // SentencePiece's own limit is 16 characters unless it is raised; this bounds the work that a file can ask for.
    private const int MostBytes = 512;

    /// <summary>Every way to split a normal token into two, ranked by the score of the token.</summary>
    /// <exception cref="InvalidDataException">A score is not a number or a token is too long to be merged.</exception>
    public static BpeMerges Build(Vocabulary vocabulary, IReadOnlyList<float> scores)
    {
        int[] ids = [.. Enumerable.Range(0, vocabulary.Count).Where(id => vocabulary.Kind(id) == TokenKind.Normal)];
        float[] keys = Array.ConvertAll(ids, id => float.IsNaN(scores[id])
            ? throw new InvalidDataException($"the score of token {id} is not a number")
            : -scores[id]);
        Array.Sort(keys, ids);

        var merges = new BpeMerges(ids.Length * 3);
        int rank = 0;
        for (int i = 0; i < ids.Length; i++)
        {
            rank = i > 0 && keys[i] != keys[i - 1] ? rank + 1 : rank;
            AddSplits(vocabulary, ids[i], rank, merges);
        }

        return merges;
    }

    private static void AddSplits(Vocabulary vocabulary, int id, int rank, BpeMerges merges)
    {
        ReadOnlySpan<byte> bytes = vocabulary.Bytes(id);
        if (bytes.Length > MostBytes)
        {
            throw new InvalidDataException($"token {id} has {bytes.Length} bytes; {MostBytes} are the most that are merged");
        }

        for (int at = 1; at < bytes.Length; at++)
        {
            bool betweenCharacters = (bytes[at] & 0xC0) != 0x80;
            if (betweenCharacters && vocabulary.TryFind(bytes[..at], out int left) && vocabulary.TryFind(bytes[at..], out int right))
            {
                merges.TryAdd(left, right, (rank, id));
            }
        }
    }
}
