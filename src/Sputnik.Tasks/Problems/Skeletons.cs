namespace Sputnik.Tasks;

/// <summary>
/// Which split a skeleton belongs to. The numeric skeleton is hashed, not the prompt: else the same numbers would recur
/// in training under another name, object or verb.
/// </summary>
public static class Skeletons
{
    /// <summary>Train, validation or test, 80 : 10 : 10; the same on every system and for all time.</summary>
    public static Split SplitOf(string skeleton) => (Hash(skeleton) % 10) switch
    {
        < 8 => Split.Train,
        8 => Split.Validation,
        _ => Split.Test,
    };

    /// <summary>FNV-1a over the UTF-16 units, folded once more because its low bits alone are weak.</summary>
    private static ulong Hash(string text)
    {
        ulong hash = 14695981039346656037;
        foreach (char c in text)
        {
            hash = (hash ^ c) * 1099511628211;
        }

        hash = (hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9;
        return hash ^ (hash >> 31);
    }
}
