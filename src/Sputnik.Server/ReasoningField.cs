namespace Sputnik.Server;

/// <summary>What the thinking is called in OpenAI's dialect; engines differ.</summary>
public enum ReasoningField
{
    /// <summary>Both names.</summary>
    Both,

    /// <summary>reasoning_content: DeepSeek, llama.cpp, SGLang, LM Studio.</summary>
    ReasoningContent,

    /// <summary>reasoning: vLLM since 2025, OpenRouter, Ollama.</summary>
    Reasoning,
}
