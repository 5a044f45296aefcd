using System.Collections;
using System.Runtime.CompilerServices;
using System.Text;

namespace Sputnik.Text;

/// <summary>Texts as files hold them: a vocabulary of 150,000 tokens is read without a string for each.</summary>
/// <param name="count">How many.</param>
/// <param name="utf8">Each by its number: valid UTF-8, the same whenever it is asked for.</param>
[CollectionBuilder(typeof(Utf8Texts), nameof(Of))]
public sealed class Utf8Texts(int count, Func<int, ReadOnlyMemory<byte>> utf8) : IReadOnlyList<string>
{
    /// <summary>How many.</summary>
    public int Count => count;

    /// <summary>A text.</summary>
    public string this[int index] => Encoding.UTF8.GetString(Utf8(index).Span);

    /// <summary>The texts of strings.</summary>
    public static Utf8Texts Of(ReadOnlySpan<string> texts)
    {
        byte[][] bytes = new byte[texts.Length][];
        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] = Encoding.UTF8.GetBytes(texts[i]);
        }

        return new(bytes.Length, i => bytes[i]);
    }

    /// <summary>A text in UTF-8.</summary>
    public ReadOnlyMemory<byte> Utf8(int index) => utf8(index);

    /// <summary>The texts in order.</summary>
    public IEnumerator<string> GetEnumerator() => Enumerable.Range(0, count).Select(i => this[i]).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
