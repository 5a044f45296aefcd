namespace Sputnik.Fuzz;

/// <summary>The server refused a request as its contract says.</summary>
/// <param name="status">HTTP status.</param>
/// <param name="code">The error's code or type; empty where the connection was closed without a word.</param>
internal sealed class RequestRefusedException(int status, string code) : Exception($"{status} {code}");
