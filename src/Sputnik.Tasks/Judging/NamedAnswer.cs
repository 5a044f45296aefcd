using System.Collections.Immutable;

namespace Sputnik.Tasks;

/// <summary>An answer that is one of a few names, spelt exactly.</summary>
internal static class NamedAnswer
{
    public static Verdict Verify(ImmutableArray<string> names, string expected, string answer)
    {
        ReadOnlySpan<char> trimmed = answer.AsSpan().Trim();
        foreach (string name in names)
        {
            if (trimmed.SequenceEqual(name))
            {
                return name == expected ? Verdict.Right(name) : Verdict.Wrong("another one", name);
            }
        }

        return Verdict.Wrong($"none of {string.Join(", ", names)}");
    }
}
