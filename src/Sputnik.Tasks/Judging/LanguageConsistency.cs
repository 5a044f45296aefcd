using System.Text;

namespace Sputnik.Tasks;

/// <summary>
/// Words in the target language / words (the language consistency reward of DeepSeek-R1, arXiv 2501.12948, 2.3.2). A word is a run of two
/// or more Latin letters, or two Chinese characters, the mean length of a Chinese word; single letters are variables and
/// what follows a backslash is a command. Letters of any other script are words of neither language.
/// </summary>
public static class LanguageConsistency
{
    /// <summary>The share in [0, 1]; null for a text without words. Mixed accepts both languages.</summary>
    public static double? Share(string text, Language target)
    {
        int english = 0, chinese = 0, other = 0;
        int at = 0;
        while (at < text.Length)
        {
            Script script = ScriptAt(text, at, out int width);
            int start = at;
            int letters = 0;
            do
            {
                at += width;
                letters++;
            }
            while (at < text.Length && ScriptAt(text, at, out width) == script);

            bool isCommand = start > 0 && text[start - 1] == '\\';
            english += script == Script.Latin && letters > 1 && !isCommand && !IsMarker(text, start, at) ? 1 : 0;
            chinese += script == Script.Han ? (letters + 1) / 2 : 0;
            other += script == Script.Other ? 1 : 0;
        }

        int words = english + chinese + other;
        int right = target switch { Language.English => english, Language.Chinese => chinese, _ => english + chinese };
        return words == 0 ? null : (double)right / words;
    }

    private static Script ScriptAt(string text, int at, out int width)
    {
        // A lone surrogate decodes to U+FFFD, which is no letter.
        Rune.DecodeFromUtf16(text.AsSpan(at), out Rune rune, out width);
        return rune.Value switch
        {
            _ when !Rune.IsLetter(rune) => Script.None,
            < 0x250 => Script.Latin,
            >= 0x3400 and <= 0x4DBF or >= 0x4E00 and <= 0x9FFF or >= 0x20000 and <= 0x323AF => Script.Han,
            _ => Script.Other,
        };
    }

    private static bool IsMarker(string text, int start, int end) =>
        start >= 2 && end < text.Length && text.AsSpan(start - 2, end - start + 3).SequenceEqual(ResponseFormat.Close);

    private enum Script
    {
        None,
        Latin,
        Han,
        Other,
    }
}
