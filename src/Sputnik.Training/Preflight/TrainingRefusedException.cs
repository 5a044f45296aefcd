namespace Sputnik.Training;

/// <summary>A stage was not started because it would fail or unlearn; the message says why and what to do.</summary>
public sealed class TrainingRefusedException(string message) : Exception(message);
