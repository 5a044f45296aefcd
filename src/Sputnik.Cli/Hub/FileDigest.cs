using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Sputnik.Cli;

/// <summary>What the content of a file must hash to.</summary>
/// <param name="Hex">Lower-case digits: 64 of SHA-256 for a large file (Git LFS), 40 of SHA-1 for a file that Git keeps itself.</param>
internal readonly record struct FileDigest(string Hex)
{
    private const int Sha256Digits = 64;
    private const int Sha1Digits = 40;
    private const int BufferBytes = 1 << 20;

    public string Name => Hex.Length == Sha256Digits ? "SHA-256" : "Git's SHA-1";

    /// <summary>The digest in the hub's words; null where they are none.</summary>
    public static FileDigest? Parse(string? hex) =>
        hex is { Length: Sha256Digits or Sha1Digits } && hex.All(char.IsAsciiHexDigit) ? new(hex.ToLowerInvariant()) : null;

    /// <summary>Reads a file once for its SHA-256.</summary>
    public static async Task<FileDigest> Sha256Of(string path, CancellationToken cancellation)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        return await Read(path, hash, cancellation);
    }

    /// <summary>The SHA-256 of a file if it has this digest, else null. Git's is the SHA-1 of "blob SIZE", a zero and the content.</summary>
    public async Task<string?> Sha256If(string path, CancellationToken cancellation)
    {
        FileDigest sha256 = await Sha256Of(path, cancellation);
        if (Hex.Length == Sha256Digits)
        {
            return sha256 == this ? sha256.Hex : null;
        }

        using IncrementalHash git = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
        git.AppendData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"blob {new FileInfo(path).Length}\0")));
        return await Read(path, git, cancellation) == this ? sha256.Hex : null;
    }

    private static async Task<FileDigest> Read(string path, IncrementalHash hash, CancellationToken cancellation)
    {
        FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, 0, FileOptions.Asynchronous | FileOptions.SequentialScan);
        await using (stream)
        {
            byte[] buffer = new byte[BufferBytes];
            int length;
            while ((length = await stream.ReadAsync(buffer, cancellation)) > 0)
            {
                hash.AppendData(buffer, 0, length);
            }
        }

        return new(Convert.ToHexStringLower(hash.GetHashAndReset()));
    }
}
