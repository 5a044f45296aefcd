using System.Buffers.Text;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;

namespace Sputnik.Server;

/// <summary>
/// A body that is to be JSON: whole, UTF-8, and with no half of a surrogate pair in an escape. Parsers let both through until
/// a string is read, which may be deep in the engine.
/// </summary>
internal static class JsonBody
{
    // What is set aside before a byte has come: a length is only a claim.
    private const int FirstBytes = 64 << 10;

    /// <summary>Reads it to its end.</summary>
    /// <exception cref="ApiException">It is not text.</exception>
    public static async Task<ReadOnlyMemory<byte>> Read(HttpContext context)
    {
        using var body = new MemoryStream((int)Math.Min(context.Request.ContentLength ?? 0, FirstBytes));
        await context.Request.Body.CopyToAsync(body, context.RequestAborted).ConfigureAwait(false);
        ReadOnlyMemory<byte> bytes = body.GetBuffer().AsMemory(0, (int)body.Length);
        return Utf8.IsValid(bytes.Span) && HasWholePairs(bytes.Span)
            ? bytes
            : throw new ApiException(new(400, "invalid_json", "The body is not UTF-8, or escapes half of a surrogate pair."));
    }

    /// <summary>Whether each \ud800 to \udbff is followed by \udc00 to \udfff, and none of those stands alone.</summary>
    internal static bool HasWholePairs(ReadOnlySpan<byte> json)
    {
        for (int at = json.IndexOf((byte)'\\'); at >= 0 && at + 1 < json.Length;)
        {
            int unit = Unit(json[at..]);
            if (unit is >= 0xD800 and < 0xE000)
            {
                if (unit >= 0xDC00 || json.Length < at + 6 || Unit(json[(at + 6)..]) is not (>= 0xDC00 and < 0xE000))
                {
                    return false;
                }

                at += 6;
            }

            int next = json[(at + 2)..].IndexOf((byte)'\\');
            at = next < 0 ? -1 : at + 2 + next;
        }

        return true;
    }

    /// <summary>The UTF-16 unit that is escaped here; −1 where none is.</summary>
    private static int Unit(ReadOnlySpan<byte> at) =>
        at is [(byte)'\\', (byte)'u', ..] && at.Length >= 6 && Utf8Parser.TryParse(at[2..6], out int unit, out int read, 'x') && read == 4 ? unit : -1;
}
