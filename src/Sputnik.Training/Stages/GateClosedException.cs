namespace Sputnik.Training;

/// <summary>Reinforcement learning was not started because the base model does better without thinking.</summary>
public sealed class GateClosedException(string message) : Exception(message);
