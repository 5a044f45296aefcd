namespace Sputnik.Server;

/// <summary>A request that is refused, with what the client is told.</summary>
internal sealed class ApiException(ApiError error) : Exception(error.Message)
{
    public ApiError Error => error;

    /// <summary>Reads or submits what a client asks: what is wrong with it there is the client's to mend.</summary>
    /// <exception cref="ApiException">It cannot be taken.</exception>
    public static T Asking<T>(Func<T> ask)
    {
        try
        {
            return ask();
        }
        catch (Exception exception) when (ApiError.OfAsking(exception) is not null)
        {
            throw new ApiException(ApiError.OfAsking(exception) ?? ApiError.Ours);
        }
    }

    /// <summary>400: a value that cannot be.</summary>
    public static ApiException Invalid(string param, string message) => new(new(400, "invalid_value", message) { Param = param });

    /// <summary>400: something this server does not have, where silence would be a wrong answer.</summary>
    public static ApiException Unsupported(string param, string message) => new(new(400, "unsupported_parameter", message) { Param = param });
}
