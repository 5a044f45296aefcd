using Sputnik.Tasks;

namespace Sputnik.Tests.Tasks;

public class MetricsTests
{
    [Theory]
    [InlineData(16, 4, 1, 0.25)]
    [InlineData(16, 4, 4, 0.7280220)]
    [InlineData(64, 6, 8, 0.5669395)]
    [InlineData(200, 1, 100, 0.5)]
    [InlineData(10, 0, 1, 0)]
    [InlineData(4, 4, 2, 1)]
    public void Pass_at_k_is_unbiased(int n, int c, int k, double expected) =>
        Assert.Equal(expected, Metrics.PassAtK(n, c, k), 7);

    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(4, 5, 1)]
    [InlineData(4, 1, 5)]
    [InlineData(4, 1, 0)]
    [InlineData(4, -1, 1)]
    public void Pass_at_k_refuses_impossible_counts(int n, int c, int k) =>
        Assert.ThrowsAny<ArgumentException>(() => Metrics.PassAtK(n, c, k));

    [Fact]
    public void The_most_frequent_answer_wins()
    {
        Verdict? winner = Metrics.Consensus([Vote("1"), Vote("2"), Vote("2")]);

        Assert.Equal("2", winner?.Answer);
    }

    [Fact]
    public void Among_equals_the_answer_seen_first_wins()
    {
        Verdict? winner = Metrics.Consensus([Vote("3"), Vote("1"), Vote("1"), Vote("3"), Vote("2")]);

        Assert.Equal("3", winner?.Answer);
    }

    [Fact]
    public void An_unreadable_answer_has_no_vote()
    {
        Assert.Equal("1", Metrics.Consensus([Vote(null), Vote(null), Vote("1")])?.Answer);
        Assert.Null(Metrics.Consensus([Vote(null)]));
        Assert.Null(Metrics.Consensus([]));
    }

    [Fact]
    public void The_standard_error_is_over_problems_not_samples()
    {
        double[][] clusters = [[1, 1, 1, 1], [0, 0, 0, 0], [1, 1, 1, 1], [0, 0, 0, 0]];

        Estimate? estimate = Estimate.OfClusters(clusters);

        Assert.Equal(0.5, estimate?.Mean);
        Assert.Equal(Math.Sqrt(1.0 / 12), estimate?.StandardError ?? 0, 12);
        Assert.Equal(16, estimate?.Count);
    }

    [Fact]
    public void One_observation_a_problem_gives_the_plain_standard_error()
    {
        double[] values = [1, 2, 3, 4, 10];
        double mean = values.Average();
        double expected = Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / 4 / 5);

        Estimate? estimate = Estimate.OfClusters(values.Select(value => new[] { value }));

        Assert.Equal(expected, estimate?.StandardError ?? 0, 12);
    }

    [Fact]
    public void A_single_problem_has_no_standard_error_and_nothing_has_no_estimate()
    {
        Assert.Null(Estimate.OfClusters([[1.0, 0.0], []])?.StandardError);
        Assert.Null(Estimate.OfClusters([[]]));
    }

    private static Verdict Vote(string? answer) => new(0, "") { Answer = answer };
}
