namespace Sputnik.Text;

/// <summary>Families of spellings for tool calls.</summary>
public enum ToolDialectKind
{
    /// <summary>DeepSeek-R1: a type, a name and fenced JSON between markers.</summary>
    DeepSeekR1,

    /// <summary>DeepSeek-V3.1: a name and JSON between markers.</summary>
    DeepSeekV31,

    /// <summary>Hermes and Qwen: a JSON object with name and arguments between tags.</summary>
    Hermes,

    /// <summary>Llama 3: the answer is a JSON object with name and parameters.</summary>
    Llama3,

    /// <summary>Mistral: a marker, then a list of JSON objects, or names with JSON behind them.</summary>
    Mistral,
}
