using System.Diagnostics;

namespace Sputnik.Server;

/// <summary>A request's span, with a child each for waiting, reading the prompt and drawing.</summary>
internal sealed class RequestSpan(ActivitySource source, Activity activity) : IDisposable
{
    /// <summary>Writes down what came of it.</summary>
    public void End(RequestOutcome outcome, RequestPhases? phases)
    {
        AnswerUsage usage = outcome.Usage;
        activity.SetTag("gen_ai.response.id", outcome.ResponseId);
        activity.SetTag("gen_ai.response.finish_reasons", outcome.FinishReasons.ToArray());
        activity.SetTag("gen_ai.usage.input_tokens", usage.Prompt);
        activity.SetTag("gen_ai.usage.output_tokens", usage.Completion);
        activity.SetTag("sputnik.usage.cached_tokens", usage.Cached);
        activity.SetTag("sputnik.usage.reasoning_tokens", usage.Reasoning);
        if (outcome.Failure is not null)
        {
            activity.SetTag("error.type", outcome.Failure);
            activity.SetStatus(ActivityStatusCode.Error);
        }

        if (phases is { } at)
        {
            Child("queue", TimeSpan.Zero, at.Queued);
            Child("prefill", at.Queued, at.First);
            Child("decode", at.First, at.Last);
        }
    }

    public void Dispose() => activity.Dispose();

    private void Child(string name, TimeSpan from, TimeSpan to)
    {
        DateTimeOffset start = new(activity.StartTimeUtc, TimeSpan.Zero);
        using Activity? child = source.StartActivity(name, ActivityKind.Internal, activity.Context, startTime: start + from);
        child?.SetEndTime((start + to).UtcDateTime);
    }
}
