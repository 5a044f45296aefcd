namespace Sputnik.Server;

/// <summary>A request that is refused, with what the client is told.</summary>
internal sealed class ApiException(ApiError error) : Exception(error.Message)
{
    public ApiError Error => error;

    /// <summary>400: a value that cannot be.</summary>
    public static ApiException Invalid(string param, string message) => new(new(400, "invalid_value", message) { Param = param });

    /// <summary>400: something this server does not have, where silence would be a wrong answer.</summary>
    public static ApiException Unsupported(string param, string message) => new(new(400, "unsupported_parameter", message) { Param = param });
}
