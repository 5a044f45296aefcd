using System.Buffers;
using System.Text.Unicode;

namespace Sputnik.Cli;

/// <summary>A text file whose every byte counts.</summary>
internal static class PlainText
{
    /// <summary>Its characters.</summary>
    /// <exception cref="InvalidDataException">It is empty, or not UTF-8: scored after a repair it would be another text.</exception>
    public static string Read(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        if (bytes.Length == 0)
        {
            throw new InvalidDataException($"{path} is empty.");
        }

        char[] characters = new char[bytes.Length];
        OperationStatus status = Utf8.ToUtf16(bytes, characters, out int read, out int written, replaceInvalidSequences: false);
        return status == OperationStatus.Done
            ? new(characters, 0, written)
            : throw new InvalidDataException($"{path} is not UTF-8 at offset {read}: convert it first, for example with iconv.");
    }
}
