namespace Sputnik.Server;

/// <summary>What this is called where clients ask.</summary>
internal static class Software
{
    /// <summary>Version of this assembly.</summary>
    public static string Version { get; } = typeof(Software).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";
}
