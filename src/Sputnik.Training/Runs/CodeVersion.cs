using System.Reflection;

namespace Sputnik.Training;

/// <summary>The version of this code, with the commit where the build knew it.</summary>
internal static class CodeVersion
{
    public static string Current { get; } =
        typeof(CodeVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
}
