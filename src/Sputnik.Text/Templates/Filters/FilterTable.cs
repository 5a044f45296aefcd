using System.Collections.Frozen;

namespace Sputnik.Text.Templates;

/// <summary>The filters: what stands behind |.</summary>
internal static class FilterTable
{
    public static FrozenDictionary<string, Method> All { get; } =
        new Dictionary<string, Method>([.. TextFilters.All, .. NumberFilters.All, .. ListFilters.All, .. SelectionFilters.All, .. OrderFilters.All]).ToFrozenDictionary();

    /// <summary>The filter of that name, which is itself an argument.</summary>
    public static Method Named(TemplateRun run, string name) =>
        All.GetValueOrDefault(name) ?? throw run.Error($"There is no filter '{name}'.");
}
