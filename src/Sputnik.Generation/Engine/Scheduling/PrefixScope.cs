namespace Sputnik.Generation;

/// <summary>Texts of two scopes never meet.</summary>
/// <param name="Owner">Whose request: what one owner said must not be told from another's response times (CVE-2025-46570).</param>
/// <param name="Weights">Counts the changes of the weights.</param>
internal readonly record struct PrefixScope(string Owner, int Weights);
