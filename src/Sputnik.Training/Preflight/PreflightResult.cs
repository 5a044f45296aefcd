namespace Sputnik.Training;

/// <summary>What one check before a run found.</summary>
/// <param name="Name">What was checked.</param>
/// <param name="Passed">Whether the run may start.</param>
/// <param name="Message">What was found, and what to do where it did not pass.</param>
public sealed record PreflightResult(string Name, bool Passed, string Message);
