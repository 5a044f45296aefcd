using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Sputnik.Generation;
using Sputnik.Text;

namespace Sputnik.Server;

/// <summary>An error before it takes a dialect's shape.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Code">OpenAI's code.</param>
/// <param name="Message">For people: what, its value, and what would be right. Never a prompt.</param>
internal sealed record ApiError(int Status, string Code, string Message)
{
    /// <summary>The field at fault.</summary>
    public string? Param { get; init; }

    /// <summary>When to come back.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The two numbers of a context that is too short, named as llama.cpp names them.</summary>
    public (int Prompt, int Context)? Overflow { get; init; }

    /// <summary>OpenAI's error type.</summary>
    public string Type => Status switch
    {
        401 => "authentication_error",
        403 => "permission_error",
        429 => "rate_limit_error",
        501 => "not_supported_error",
        503 => "unavailable_error",
        >= 500 => "server_error",
        _ => "invalid_request_error",
    };

    /// <summary>Anthropic's error type.</summary>
    public string AnthropicType => Status switch
    {
        401 => "authentication_error",
        403 => "permission_error",
        404 or 405 => "not_found_error",
        413 => "request_too_large",
        429 => "rate_limit_error",
        503 or 529 => "overloaded_error",
        >= 500 => "api_error",
        _ => "invalid_request_error",
    };

    /// <summary>What a client is told of an exception; null where it is our own fault and must be looked at.</summary>
    public static ApiError? Of(Exception exception) => exception switch
    {
        ApiException refused => refused.Error,
        ContextOverflowException long_ => new(400, "context_length_exceeded", Plain(long_)) { Param = "messages", Overflow = (long_.PromptTokens, long_.ContextTokens) },
        EngineBusyException busy => new(503, "queue_full", busy.Message) { RetryAfter = busy.RetryAfter },
        BadHttpRequestException { StatusCode: 413 } => new(413, "body_too_large", "The body is longer than this server takes."),
        BadHttpRequestException bad => new(bad.StatusCode, "invalid_request", bad.Message),
        TemplateException template => new(400, "template_refused", template.Message) { Param = "messages" },
        _ => null,
    };

    /// <summary>What a client is told of an exception that came of reading or submitting what it asks. Anywhere else, these types are our own faults.</summary>
    public static ApiError? OfAsking(Exception exception) => Of(exception) ?? exception switch
    {
        JsonException json => new(400, "invalid_json", "The body is not the JSON that is expected" + Where(json)) { Param = Field(json.Path) },
        ArgumentException argument => new(400, "invalid_value", Plain(argument)),
        NotSupportedException missing => new(400, "unsupported_parameter", missing.Message),
        _ => null,
    };

    /// <summary>What is said of our own faults; what happened stands in the log.</summary>
    public static ApiError Ours { get; } = new(500, "internal_error", "The server failed at this request; its log says why.");

    // What the parser quotes could be a part of a prompt: only the place is said.
    private static string Where(JsonException json) =>
        json.LineNumber is long line ? $", line {line + 1}, byte {(json.BytePositionInLine ?? 0) + 1}{(Field(json.Path) is { } field ? $" ({field})" : "")}." : ".";

    private static string? Field(string? path) => path is { Length: > 2 } ? path[2..] : null;

    // ArgumentException appends "(Parameter 'x')": the name of a variable means nothing to a client.
    private static string Plain(ArgumentException exception)
    {
        int tail = exception.ParamName is null ? -1 : exception.Message.LastIndexOf(" (Parameter", StringComparison.Ordinal);
        return tail < 0 ? exception.Message : exception.Message[..tail];
    }
}
