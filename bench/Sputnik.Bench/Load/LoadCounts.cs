namespace Sputnik.Bench;

/// <summary>How the requests of a load ended.</summary>
/// <param name="Done">Read to the end.</param>
/// <param name="Left">Left by their client, and let go by the engine.</param>
/// <param name="LeftTooLate">Left by their client, and not counted as cancelled: the answer had ended, or nobody noticed.</param>
/// <param name="Refused">Told to come back.</param>
/// <param name="Failed">Anything else.</param>
/// <param name="Tokens">Tokens that arrived while requests were begun.</param>
/// <param name="Seconds">How long requests were begun.</param>
internal readonly record struct LoadCounts(int Done, int Left, int LeftTooLate, int Refused, int Failed, long Tokens, double Seconds);
