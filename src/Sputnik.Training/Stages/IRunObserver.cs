namespace Sputnik.Training;

/// <summary>Whoever watches a run: the live terminal, plain lines, JSON lines, a test. Called on the training thread.</summary>
public interface IRunObserver
{
    /// <summary>The run starts or goes on.</summary>
    void Started(RunStart run);

    /// <summary>A stage begins: its name and what it is for, in one sentence.</summary>
    void StageStarted(string stage, string purpose);

    /// <summary>One optimizer step.</summary>
    void Stepped(StepRecord record);

    /// <summary>The model was judged on held-out problems.</summary>
    void Evaluated(EvaluationRecord evaluation);

    /// <summary>Accuracy by style of the base model, and whether reinforcement learning may start.</summary>
    void Gated(StageGate gate);

    /// <summary>The checks before reinforcement learning.</summary>
    void Checked(IReadOnlyList<PreflightResult> results);

    /// <summary>One sentence worth reading.</summary>
    void Note(string sentence);

    /// <summary>The run ended, whole or interrupted.</summary>
    void Ended(RunSummary summary);
}
