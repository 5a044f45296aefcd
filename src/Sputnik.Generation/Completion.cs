namespace Sputnik.Generation;

/// <summary>One sampled answer as token ids. Text is made from them only to be read or judged, never to be trained on.</summary>
/// <param name="Prompt">Index of its prompt.</param>
/// <param name="Sample">Which of the prompt's samples.</param>
/// <param name="Tokens">Sampled ids, the stop token included.</param>
/// <param name="LogProbs">log p of each id at the sampling temperature, the bits the trainer must find again.</param>
/// <param name="Finish">Why it ended.</param>
public sealed record Completion(int Prompt, int Sample, int[] Tokens, float[] LogProbs, FinishReason Finish);
