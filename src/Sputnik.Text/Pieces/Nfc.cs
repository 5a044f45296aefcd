using System.Buffers;
using System.Globalization;
using System.Text;

namespace Sputnik.Text;

/// <summary>
/// Unicode's normalisation form C (UAX 15): decompose, order marks by their class, compose. <see cref="string.Normalize()"/>
/// leaves text as it is where globalisation is invariant, so it is of no use here.
/// </summary>
internal static class Nfc
{
    // Runes without a class, which are not decomposed but to be composed again, nor composed with one of these before them:
    // Latin, some punctuation, Chinese, Hangul syllables, full-width forms.
    private static readonly SearchValues<char> Settled = SearchValues.Create(
        [.. Range('\0', '\u02FF'), .. Range('\u2010', '\u2027'), .. Range('\u3001', '\u3029'), .. Range('\u3400', '\u9FFF'),
        .. Range('\uAC00', '\uD7A3'), .. Range('\uFF01', '\uFFDC')]);

    private const int HangulFirst = 0xAC00;
    private const int LeadFirst = 0x1100;
    private const int VowelFirst = 0x1161;
    private const int TailFirst = 0x11A7;
    private const int Leads = 19;
    private const int Vowels = 21;
    private const int Tails = 28;

    private static readonly Dictionary<int, (int First, int? Second)> Decompositions = [];
    private static readonly Dictionary<(int First, int Second), int> Compositions = [];
    private static readonly Dictionary<int, int> Classes = [];

    static Nfc()
    {
        foreach (string entry in Words(NfcTables.Decompositions))
        {
            string[] parts = entry.TrimEnd('~').Split('=', '+');
            int rune = Hex(parts[0]);
            int first = Hex(parts[1]);
            int? second = parts.Length > 2 ? Hex(parts[2]) : null;
            Decompositions.Add(rune, (first, second));
            if (second is { } other && !entry.EndsWith('~'))
            {
                Compositions.Add((first, other), rune);
            }
        }

        foreach (string entry in Words(NfcTables.CombiningClasses))
        {
            string[] parts = entry.Split('=', '-');
            for (int rune = Hex(parts[0]); rune <= Hex(parts[^2]); rune++)
            {
                Classes.Add(rune, int.Parse(parts[^1], CultureInfo.InvariantCulture));
            }
        }
    }

    /// <summary>The text in form C; lone surrogates become U+FFFD where anything has to be looked at.</summary>
    public static string Normalize(string text)
    {
        if (!text.AsSpan().ContainsAnyExcept(Settled))
        {
            return text;
        }

        List<int> runes = new(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            Decompose(rune.Value, runes);
        }

        Order(runes);
        Compose(runes);

        var composed = new StringBuilder(text.Length);
        foreach (int rune in runes)
        {
            composed.Append(new Rune(rune));
        }

        return composed.ToString();
    }

    private static void Decompose(int rune, List<int> runes)
    {
        int hangul = rune - HangulFirst;
        if (hangul is >= 0 and < Leads * Vowels * Tails)
        {
            runes.Add(LeadFirst + (hangul / (Vowels * Tails)));
            runes.Add(VowelFirst + (hangul / Tails % Vowels));
            if (hangul % Tails > 0)
            {
                runes.Add(TailFirst + (hangul % Tails));
            }
        }
        else if (Decompositions.TryGetValue(rune, out (int First, int? Second) parts))
        {
            Decompose(parts.First, runes); // four deep at most, as the table is
            if (parts.Second is { } second)
            {
                runes.Add(second);
            }
        }
        else
        {
            runes.Add(rune);
        }
    }

    /// <summary>Sorts each run of marks by class and keeps the order of equals.</summary>
    private static void Order(List<int> runes)
    {
        for (int start = 0; start < runes.Count; start++)
        {
            int end = start;
            while (end < runes.Count && ClassOf(runes[end]) > 0)
            {
                end++;
            }

            if (end - start > 1)
            {
                int[] ordered = [.. runes[start..end].OrderBy(ClassOf)];
                for (int i = start; i < end; i++)
                {
                    runes[i] = ordered[i - start];
                }
            }

            start = Math.Max(start, end - 1);
        }
    }

    /// <summary>Joins a starter with what follows it, unless a mark of the same or a higher class, or another starter, stands between.</summary>
    private static void Compose(List<int> runes)
    {
        int count = 0;
        int? starter = null;
        int before = 0;
        foreach (int rune in runes.ToArray())
        {
            int of = ClassOf(rune);
            bool adjacent = starter == count - 1;
            if (starter is { } at && (adjacent || before < of) && TryCompose(runes[at], rune, out int composed))
            {
                runes[at] = composed;
                continue;
            }

            starter = of == 0 ? count : starter;
            before = of;
            runes[count++] = rune;
        }

        runes.RemoveRange(count, runes.Count - count);
    }

    private static bool TryCompose(int first, int second, out int composed)
    {
        (int lead, int vowel, int hangul, int tail) = (first - LeadFirst, second - VowelFirst, first - HangulFirst, second - TailFirst);
        if (lead is >= 0 and < Leads && vowel is >= 0 and < Vowels)
        {
            composed = HangulFirst + (((lead * Vowels) + vowel) * Tails);
            return true;
        }

        if (hangul is >= 0 and < Leads * Vowels * Tails && hangul % Tails == 0 && tail is > 0 and < Tails)
        {
            composed = first + tail;
            return true;
        }

        return Compositions.TryGetValue((first, second), out composed);
    }

    private static IEnumerable<char> Range(char first, char last) => Enumerable.Range(first, last - first + 1).Select(c => (char)c);

    private static int ClassOf(int rune) => Classes.GetValueOrDefault(rune);

    private static string[] Words(string table) => table.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);

    private static int Hex(string text) => int.Parse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
