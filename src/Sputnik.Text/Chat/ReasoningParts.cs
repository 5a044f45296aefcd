namespace Sputnik.Text;

/// <summary>A response in its two halves.</summary>
/// <param name="Thinking">What stands before &lt;/think&gt;; everything when it never comes.</param>
/// <param name="Answer">What stands after it; "" when it never comes.</param>
/// <param name="Closed">Whether &lt;/think&gt; came.</param>
public sealed record ReasoningParts(string Thinking, string Answer, bool Closed);
