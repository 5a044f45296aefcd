namespace Sputnik.Training;

/// <summary>How a run ended and what it cost.</summary>
/// <param name="Folder">The run folder.</param>
/// <param name="Finished">False where it was interrupted; it can be resumed.</param>
/// <param name="WeightsSha256">SHA-256 over the names and bytes of all weights.</param>
/// <param name="Seconds">Wall time, all parts of the run together.</param>
/// <param name="CpuHours">Processor hours, all threads and parts.</param>
/// <param name="Flops">Floating-point operations by 2·N and 6·N a token.</param>
public sealed record RunSummary(string Folder, bool Finished, string WeightsSha256, double Seconds, double CpuHours, double Flops);
