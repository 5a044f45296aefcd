using System.Diagnostics;

namespace Sputnik.Bench;

/// <summary>What the clients of a load saw. On any thread.</summary>
/// <param name="keys">Keys among which shares are taken.</param>
internal sealed class LoadTally(int keys)
{
    private const int KeptFailures = 5;

    private readonly Lock _lock = new();
    private readonly List<float> _first = [];
    private readonly List<float> _between = [];
    private readonly List<(double Seconds, double Step)> _left = [];
    private readonly List<string> _failures = [];
    private readonly bool[] _met = new bool[keys];
    private readonly long[] _shares = new long[keys];
    private readonly long _start = Stopwatch.GetTimestamp();
    private bool _closed;
    private LoadCounts _counts;

    /// <summary>Counts so far.</summary>
    public LoadCounts Counts
    {
        get
        {
            lock (_lock)
            {
                return _counts;
            }
        }
    }

    /// <summary>No new requests from here on: shares are taken no more, for not every key has work.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _closed = true;
            _counts = _counts with { Seconds = Stopwatch.GetElapsedTime(_start).TotalSeconds };
        }
    }

    public void Token(int key, bool first, double seconds)
    {
        lock (_lock)
        {
            (first ? _first : _between).Add((float)seconds);
            if (_closed)
            {
                return;
            }

            _met[key] = true;
            _counts = _counts with { Tokens = _counts.Tokens + 1 };
            _shares[key] += _met.All(met => met) ? 1 : 0;
        }
    }

    public void Done() => Count(counts => counts with { Done = counts.Done + 1 });

    public void Refused() => Count(counts => counts with { Refused = counts.Refused + 1 });

    public void LeftTooLate() => Count(counts => counts with { LeftTooLate = counts.LeftTooLate + 1 });

    public void Left(double seconds, double step)
    {
        lock (_lock)
        {
            _left.Add((seconds, step));
            _counts = _counts with { Left = _counts.Left + 1 };
        }
    }

    public void Failed(string why)
    {
        lock (_lock)
        {
            _counts = _counts with { Failed = _counts.Failed + 1 };
            if (_failures.Count < KeptFailures)
            {
                _failures.Add(why);
            }
        }
    }

    /// <summary>The report of what was seen; the server's side is to be added.</summary>
    public LoadReport Report(LoadPlan plan, LoadServer server)
    {
        lock (_lock)
        {
            return new()
            {
                Model = server.Model,
                Machine = Machine.Cpu,
                Streams = plan.Streams,
                Keys = plan.Keys.Count,
                Disconnects = plan.Disconnects,
                Counts = _counts,
                TokensPerSecond = _counts.Tokens / _counts.Seconds,
                FirstToken = Spread.Of(_first.Select(value => (double)value)),
                BetweenTokens = Spread.Of(_between.Select(value => (double)value)),
                Cancel = Spread.Of(_left.Select(left => left.Seconds)),
                CancelBeyondStep = Spread.Of(_left.Select(left => Math.Max(0, left.Seconds - left.Step))),
                Shares = [.. _shares.Select(share => share / Math.Max(1.0, _shares.Sum()))],
                Failures = [.. _failures],
            };
        }
    }

    private void Count(Func<LoadCounts, LoadCounts> change)
    {
        lock (_lock)
        {
            _counts = change(_counts);
        }
    }
}
