using Sputnik.Generation;

namespace Sputnik.Tests.Generation;

public sealed class DeficitRoundRobinTests
{
    private const int Quantum = DeficitRoundRobin.Quantum;

    [Fact]
    public void No_round_begins_while_somebody_who_wants_something_has_rows_left()
    {
        long[] deficits = Begin(new() { Wants = true, IsInRound = true, Deficit = -100 }, new() { Wants = true, IsInRound = true, Deficit = 1 });

        Assert.Equal([-100, 1], deficits);
    }

    [Fact]
    public void A_round_gives_everybody_a_quantum_and_debts_stay_owed()
    {
        long[] deficits = Begin(new() { Wants = true, IsInRound = true, Deficit = 0 }, new() { Wants = true, IsInRound = true, Deficit = -3 * Quantum });

        Assert.Equal([Quantum, -2 * Quantum], deficits);
    }

    [Fact]
    public void As_many_rounds_pass_as_the_smallest_debt_of_who_wants_something_takes()
    {
        long[] deficits = Begin(new() { Wants = true, IsInRound = true, Deficit = -2 * Quantum }, new() { Wants = true, IsInRound = true, Deficit = -5 * Quantum });

        Assert.Equal([Quantum, -2 * Quantum], deficits);
    }

    [Fact]
    public void Who_wants_nothing_holds_up_no_round_and_saves_no_more_than_a_quantum()
    {
        long[] deficits = Begin(new() { Deficit = 10 }, new() { Wants = true, IsInRound = true, Deficit = -4 * Quantum });

        Assert.Equal([Quantum, Quantum], deficits);
    }

    [Fact]
    public void Who_came_after_the_round_began_holds_it_up_no_more_than_it_is_given()
    {
        long[] deficits = Begin(new() { Wants = true, Deficit = Quantum }, new() { Wants = true, IsInRound = true, Deficit = -2 * Quantum });

        Assert.Equal([Quantum, -Quantum], deficits);
    }

    [Fact]
    public void Nothing_is_owed_where_nobody_wants_anything()
    {
        Dictionary<string, OwnerShare> owners = new() { ["a"] = new() { Deficit = -10 * Quantum } };

        Assert.False(DeficitRoundRobin.Begin(owners.Values));
        Assert.Equal(Quantum, owners["a"].Deficit);
    }

    [Theory]
    [InlineData(1, 5, 0, 0, true)]
    [InlineData(1, 1, Quantum, 2, true)]
    [InlineData(Quantum, 3, 1, 2, false)]
    [InlineData(-1, 5, -2, 0, true)]
    [InlineData(-9, 0, -2, 7, false)]
    public void Who_has_rows_left_goes_first_then_who_has_fewer_running_and_in_debt_who_owes_less(long deficitA, int runningA, long deficitB, int runningB, bool first)
    {
        OwnerShare a = new() { Deficit = deficitA, Running = runningA };
        OwnerShare b = new() { Deficit = deficitB, Running = runningB };

        Assert.Equal(first, DeficitRoundRobin.Before(a, b));
        Assert.Equal(!first, DeficitRoundRobin.Before(b, a));
    }

    private static long[] Begin(params OwnerShare[] owners)
    {
        Dictionary<string, OwnerShare> table = owners.Select((owner, index) => (owner, index)).ToDictionary(pair => $"{pair.index}", pair => pair.owner);

        Assert.True(DeficitRoundRobin.Begin(table.Values));
        return [.. owners.Select(owner => owner.Deficit)];
    }
}
