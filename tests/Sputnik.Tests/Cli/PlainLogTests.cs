using System.Text.Json;
using Sputnik.Cli;
using Sputnik.Training;

namespace Sputnik.Tests.Cli;

public sealed class PlainLogTests : IDisposable
{
    private readonly StringWriter _output = new();
    private readonly Clock _clock = new();

    public void Dispose() => _output.Dispose();

    [Fact]
    public void Steps_in_quick_succession_share_a_line_and_the_last_always_has_one()
    {
        PlainLog log = new(_output, _clock, TimeSpan.FromSeconds(10), price: 0.04);

        for (int step = 1; step <= 30; step++)
        {
            log.Stepped(Step(step, 30));
            _clock.Seconds++;
        }

        Assert.Equal(["R1-Zero 1/30", "R1-Zero 11/30", "R1-Zero 21/30", "R1-Zero 30/30"], Lines().Select(l => l.Split(':')[0]));
    }

    [Fact]
    public void A_step_tells_what_it_reached_how_fast_and_what_it_cost()
    {
        PlainLog log = new(_output, _clock, TimeSpan.Zero, price: 0.04);

        log.Stepped(Step(1, 2) with { Kl = 0.01, Gflops = 50, PeakShare = 0.41, TokensPerSecond = 12_300, CpuHours = 1.5, SecondsLeft = 61 });

        Assert.Equal(
            "R1-Zero 1/2: accuracy 50 %, KL 0.0100, loss 0, gradient 0; 12.3 K tok/s, 50 GFLOP/s (41 % of peak); 1.50 CPU-h, 0.06 USD, 1 min 1 s left",
            Assert.Single(Lines()));
    }

    [Fact]
    public void Steps_that_teach_nothing_are_pointed_out()
    {
        PlainLog log = new(_output, _clock, TimeSpan.Zero, price: 0);

        log.Stepped(Step(1, 2) with { ZeroVariance = 1, Truncated = 0.9 });

        Assert.Contains("cut off 90 %, groups without a difference 100 %", Assert.Single(Lines()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_note_is_said_once()
    {
        PlainLog log = new(_output, _clock, TimeSpan.Zero, price: 0);

        log.Note("The loss is near zero.");
        log.Note("The loss is near zero.");

        Assert.Equal("note: The loss is near zero.", Assert.Single(Lines()));
    }

    [Fact]
    public void For_machines_every_line_is_an_object_that_names_its_event()
    {
        JsonLog log = new(_output);

        log.StageStarted("zero", "learns");
        log.Stepped(Step(1, 2) with { Entropy = double.NaN });
        log.Note("a\nb");

        IEnumerable<string?> events = Lines().Select(line => JsonDocument.Parse(line).RootElement.GetProperty("event").GetString());
        Assert.Equal("stage step note", string.Join(' ', events));
    }

    private static StepRecord Step(int step, int steps) => new() { Stage = "zero", Step = step, Steps = steps, Accuracy = 0.5 };

    private string[] Lines() => _output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private sealed class Clock : TimeProvider
    {
        public long Seconds { get; set; }

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Seconds;
    }
}
