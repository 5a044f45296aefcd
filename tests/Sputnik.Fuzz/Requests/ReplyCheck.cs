using System.Text;
using System.Text.Json;

namespace Sputnik.Fuzz;

/// <summary>What every reply must be: 2xx or 4xx, in a shape that clients read.</summary>
internal static class ReplyCheck
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Returns where the request was answered.</summary>
    /// <exception cref="RequestRefusedException">It was refused as it should be.</exception>
    /// <exception cref="InvalidDataException">The reply is none that a client may get.</exception>
    public static void Hold(HttpReply reply, bool hasBody)
    {
        string text = Text(reply);
        if (reply.Status is >= 200 and < 300)
        {
            Answer(reply, text, hasBody);
            return;
        }

        string code = Code(reply, text, hasBody);

        // 505 is HTTP's own word for another version.
        throw reply.Status is (>= 400 and < 500) or 505
            ? new RequestRefusedException(reply.Status, code)
            : new InvalidDataException($"The status is {reply.Status}: {text}");
    }

    private static string Text(HttpReply reply)
    {
        try
        {
            return reply.Headers.GetValueOrDefault("content-type") is { } type && (type.StartsWith("font/", StringComparison.Ordinal) || type.StartsWith("image/", StringComparison.Ordinal))
                ? ""
                : Strict.GetString(reply.Body);
        }
        catch (DecoderFallbackException error)
        {
            throw new InvalidDataException("The reply is not UTF-8.", error);
        }
    }

    private static void Answer(HttpReply reply, string text, bool hasBody)
    {
        switch (reply.Headers.GetValueOrDefault("content-type"))
        {
            case "application/json" when hasBody:
                Parse(text);
                break;
            case "application/x-ndjson":
                foreach (string line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
                {
                    NoError(Parse(line));
                }

                break;
            case "text/event-stream":
                foreach (string line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
                {
                    Event(line);
                }

                break;
            default:
                break;
        }
    }

    private static void Event(string line)
    {
        if (line.StartsWith("data: ", StringComparison.Ordinal) && line != "data: [DONE]")
        {
            NoError(Parse(line["data: ".Length..]));
        }
        else if (!line.StartsWith("event: ", StringComparison.Ordinal) && line[0] != ':' && line != "data: [DONE]")
        {
            throw new InvalidDataException($"The stream has a line '{line}'.");
        }
    }

    // OpenAI's, Anthropic's and Ollama's errors; what Kestrel refuses itself has no body and ends the connection.
    private static string Code(HttpReply reply, string text, bool hasBody)
    {
        if (text.Length == 0 && (!hasBody || !reply.Headers.ContainsKey("x-request-id")))
        {
            return "";
        }

        JsonElement root = Parse(text);
        JsonElement error = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("error", out JsonElement found) ? found : default;
        return error.ValueKind switch
        {
            JsonValueKind.String => "",
            JsonValueKind.Object when error.GetProperty("message").GetString() is { Length: > 0 } =>
                error.TryGetProperty("code", out JsonElement code) ? code.GetString() ?? "" : error.GetProperty("type").GetString() ?? "",
            _ => throw new InvalidDataException($"The error {reply.Status} has no dialect's shape: {text}"),
        };
    }

    private static void NoError(JsonElement document)
    {
        if (document.TryGetProperty("error", out JsonElement error) && error.ValueKind != JsonValueKind.Null)
        {
            throw new InvalidDataException($"The stream ends in an error: {document.GetRawText()}");
        }
    }

    private static JsonElement Parse(string text)
    {
        try
        {
            return JsonElement.Parse(text);
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"The reply is not JSON: '{text}'", error);
        }
    }
}
