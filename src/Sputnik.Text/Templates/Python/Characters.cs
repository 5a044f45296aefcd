namespace Sputnik.Text.Templates;

/// <summary>Texts counted as Python counts them: in code points, where .NET counts halves of the higher ones.</summary>
internal static class Characters
{
    public static int Count(string text)
    {
        int count = text.Length;
        if (!HasPairs(text))
        {
            return count;
        }

        for (int i = 0; i + 1 < text.Length; i++)
        {
            if (char.IsSurrogatePair(text[i], text[i + 1]))
            {
                count--;
                i++;
            }
        }

        return count;
    }

    /// <summary>Where in the text code point <paramref name="index"/> begins; the end of the text for the one behind the last.</summary>
    public static int Place(string text, int index)
    {
        if (!HasPairs(text))
        {
            return index;
        }

        int place = 0;
        for (int i = 0; i < index; i++)
        {
            place += Width(text, place);
        }

        return place;
    }

    /// <summary>Where each code point begins, and the end.</summary>
    public static int[] Places(string text)
    {
        List<int> places = new(text.Length + 1);
        for (int i = 0; i < text.Length; i += Width(text, i))
        {
            places.Add(i);
        }

        places.Add(text.Length);
        return [.. places];
    }

    private static bool HasPairs(string text) => text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF');

    private static int Width(string text, int at) => at + 1 < text.Length && char.IsSurrogatePair(text[at], text[at + 1]) ? 2 : 1;
}
