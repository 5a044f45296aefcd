using System.Collections.Immutable;

namespace Sputnik.Tasks;

/// <summary>Scores sampled responses with the judge that training is rewarded by.</summary>
public sealed class Evaluation(Verifier verifier)
{
    /// <summary>The report over problems and the responses to each: <c>responses[i]</c> answer <c>problems[i]</c>, at least one.</summary>
    public EvaluationReport Score(IReadOnlyList<Problem> problems, IReadOnlyList<IReadOnlyList<Response>> responses)
    {
        if (problems.Count == 0 || problems.Count != responses.Count || responses.Any(samples => samples.Count == 0))
        {
            throw new ArgumentException($"{problems.Count} problems and {responses.Count} lists of responses; each problem takes one list of at least one.", nameof(responses));
        }

        Judged[][] judged = [.. problems.Select((problem, i) => responses[i].Select(response => Judge(problem, response)).ToArray())];
        return new EvaluationReport
        {
            Problems = problems.Count,
            Responses = judged.Sum(samples => samples.Length),
            PassAtK = PassAtK(judged),
            Consensus = Mean(judged.Select(samples => new[] { Metrics.Consensus(samples.Select(one => one.Verdict))?.Score ?? 0 })),
            Format = Mean(judged, one => one.Verdict.WellFormed ? 1 : 0),
            Language = Estimate.OfClusters(judged.Select(samples => samples.Select(one => one.Language).OfType<double>().ToArray())),
            Tokens = Mean(judged, one => one.Response.Tokens),
            Truncated = Mean(judged, one => one.Response.Truncated ? 1 : 0),
            Checks = Mean(judged, one => one.Traits.Checks),
            WithChecks = Mean(judged, one => one.Traits.Checks > 0 ? 1 : 0),
            Corrections = Mean(judged, one => one.Traits.Corrections),
            WithCorrections = Mean(judged, one => one.Traits.Corrections > 0 ? 1 : 0),
            ByFamily = Groups(judged, one => new Key(one.Problem.Family, null, null)),
            ByDifficulty = Groups(judged, one => new Key(one.Problem.Family, one.Problem.Difficulty, null)),
            ByStyle = Groups(judged, one => new Key(null, null, one.Traits.Style)),
            ByFamilyAndStyle = Groups(judged, one => new Key(one.Problem.Family, null, one.Traits.Style)),
        };
    }

    private Judged Judge(Problem problem, Response response) => new(
        problem,
        response,
        verifier.Verify(problem, response.Text),
        ResponseTraits.Of(response.Text),
        LanguageConsistency.Share(response.Text, Language.English));

    private static ImmutableArray<PassAtKScore> PassAtK(Judged[][] judged)
    {
        int most = judged.Min(samples => samples.Length);
        var scores = ImmutableArray.CreateBuilder<PassAtKScore>();
        for (int k = 1; k <= most; k *= 2)
        {
            int samplesEach = k;
            scores.Add(new PassAtKScore(k, Mean(judged.Select(samples =>
                new[] { Metrics.PassAtK(samples.Length, samples.Count(one => one.Verdict.IsRight), samplesEach) }))));
        }

        return scores.ToImmutable();
    }

    /// <summary>The groups of a key that occur, in the order of family, difficulty and style.</summary>
    private static ImmutableArray<GroupScore> Groups(Judged[][] judged, Func<Judged, Key> keyOf) =>
    [
        .. judged.SelectMany(samples => samples).Select(keyOf).Distinct()
            .OrderBy(key => key.Family, StringComparer.Ordinal).ThenBy(key => key.Difficulty).ThenBy(key => key.Style)
            .Select(key => new GroupScore(
                key.Family,
                key.Difficulty,
                key.Style,
                Mean(Where(judged, one => keyOf(one) == key)),
                Estimate.OfClusters(Where(judged, one => one.Verdict.WellFormed && keyOf(one) == key)))),
    ];

    private static IEnumerable<double[]> Where(Judged[][] judged, Func<Judged, bool> belongs) =>
        judged.Select(samples => samples.Where(belongs).Select(one => one.Verdict.Score).ToArray());

    private static Estimate Mean(Judged[][] judged, Func<Judged, double> value) =>
        Mean(judged.Select(samples => samples.Select(value).ToArray()));

    private static Estimate Mean(IEnumerable<double[]> clusters) =>
        Estimate.OfClusters(clusters) ?? throw new InvalidOperationException("A mean over no responses.");

    private sealed record Judged(Problem Problem, Response Response, Verdict Verdict, ResponseTraits Traits, double? Language);

    private readonly record struct Key(string? Family, int? Difficulty, Style? Style);
}
