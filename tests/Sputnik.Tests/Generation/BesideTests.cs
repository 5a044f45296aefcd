using Sputnik.Generation;

namespace Sputnik.Tests.Generation;

public sealed class BesideTests
{
    [Fact]
    public void Both_are_done_at_once_and_the_value_comes_back()
    {
        using ManualResetEventSlim here = new(), there = new();

        string made = Beside.Make("beside", Make, Meet);

        Assert.Equal("beside", made);

        string Make()
        {
            there.Set();
            here.Wait(TestContext.Current.CancellationToken);
            return Thread.CurrentThread.Name ?? "";
        }

        void Meet()
        {
            here.Set();
            there.Wait(TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public void What_is_thrown_beside_is_thrown_here_as_it_was()
    {
        InvalidDataException fault = new("damaged");

        Assert.Same(fault, Assert.Throws<InvalidDataException>(() => Beside.Make<string>("beside", () => throw fault, () => { })));
    }

    [Fact]
    public void What_the_caller_throws_waits_for_the_other()
    {
        bool done = false;

        Assert.Throws<ArgumentException>(() => Beside.Make("beside", () => (done = true).ToString(), () => throw new ArgumentException("here")));

        Assert.True(done);
    }
}
