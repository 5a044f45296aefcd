using System.Net.Http.Headers;

namespace Sputnik.Cli;

/// <summary>What went wrong at the hub, and what the user can do.</summary>
internal static class HubFault
{
    /// <summary>The words of a status that is no success.</summary>
    public static HubException Of(HttpResponseMessage response, string what, HubSettings settings)
    {
        int status = (int)response.StatusCode;
        string host = settings.Endpoint.Host;
        return status switch
        {
            401 when settings.Token is null => new($"{what}: {host} answers 401. The repository does not exist, or it needs a token: set {HubSettings.TokenVariable} or give --token."),
            401 => new($"{what}: {host} answers 401. The token is not valid, or the repository does not exist; make a new token in the settings of your account."),
            403 => new($"{what}: {host} answers 403. Accept the terms of the repository on its page at {settings.Endpoint}, and use a token of that account that may read it."),
            404 => new($"{what} is not at {host}; check the name and --revision. A private repository needs a token: set {HubSettings.TokenVariable}."),
            416 => new($"{what}: {host} has fewer bytes than it listed; pull again."),
            429 => Later(response, $"{what}: {host} answers 429, too many requests"),
            408 or >= 500 => Later(response, $"{what}: {host} answers {status}, {(status == 408 ? "it waited too long" : "it has trouble of its own")}"),
            _ => new($"{what}: {host} answers {status}, which is neither the file nor a way to it."),
        };
    }

    /// <summary>No connection came about. A name that is not known will not be known in a second.</summary>
    public static HubException Unreachable(Uri address, HttpRequestException error) => new(
        error.HttpRequestError == HttpRequestError.NameResolutionError
            ? $"'{address.Host}' is not known here; check the network, or name another hub with --endpoint or {HubSettings.EndpointVariable}."
            : $"'{address.Host}' cannot be reached: {FirstLine(error)}",
        error)
    {
        IsTransient = error.HttpRequestError != HttpRequestError.NameResolutionError,
    };

    private static HubException Later(HttpResponseMessage response, string words)
    {
        TimeSpan? pause = PauseOf(response.Headers.RetryAfter, response.Headers.Date);
        string when = pause is { } wait ? $"; it asks to try again in {wait.TotalSeconds:0} s." : "; try again later, what is here stays.";
        return new(words + when) { IsTransient = true, RetryAfter = pause };
    }

    // A date is read beside the server's own clock, which it was written by.
    private static TimeSpan? PauseOf(RetryConditionHeaderValue? header, DateTimeOffset? now)
    {
        TimeSpan? pause = header?.Delta ?? (header?.Date is { } date && now is { } then ? date - then : null);
        return pause is { } value && value < TimeSpan.Zero ? TimeSpan.Zero : pause;
    }

    private static string FirstLine(Exception error) => error.Message.Split('\n')[0].TrimEnd('.', ' ', '\r') + ".";
}
