namespace Sputnik.Tasks;

/// <summary>Integers in canonical form only: ASCII digits, no leading zero, no plus sign, at most nine digits.</summary>
internal static class IntegerAnswer
{
    private const int GreatestLength = 10;

    public static Verdict Verify(string expected, string answer)
    {
        ReadOnlySpan<char> trimmed = answer.AsSpan().Trim();
        if (!IsCanonical(trimmed))
        {
            return Verdict.Wrong("not an integer in canonical form");
        }

        string text = trimmed.ToString();
        return text == expected ? Verdict.Right(text) : Verdict.Wrong("another integer", text);
    }

    public static bool IsCanonical(ReadOnlySpan<char> text)
    {
        if (text.Length is 0 or > GreatestLength)
        {
            return false;
        }

        ReadOnlySpan<char> digits = text[0] == '-' ? text[1..] : text;
        if (digits.Length is 0 or > GreatestLength - 1 || digits.ContainsAnyExceptInRange('0', '9'))
        {
            return false;
        }

        return digits[0] != '0' || (digits.Length == 1 && text.Length == 1);
    }
}
