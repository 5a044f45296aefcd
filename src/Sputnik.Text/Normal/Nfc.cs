namespace Sputnik.Text;

/// <summary>Unicode's normalisation form C.</summary>
internal static class Nfc
{
    /// <summary>The text in form C.</summary>
    public static string Normalize(string text) => throw new NotSupportedException($"Form C is not built, for a text of {text.Length}.");
}
