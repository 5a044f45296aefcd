using Sputnik.Tensors;

namespace Sputnik.Tests.Tensors;

public sealed class PlacementTests
{
    [Fact]
    public void A_thread_that_leaves_a_processor_is_not_on_it_any_more()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.ProcessorCount > 1, "needs Linux and a second processor");
        int? before = null, after = null;
        Thread thread = new(() =>
        {
            before = Placement.Current;
            Placement.Leave(before.GetValueOrDefault());
            after = Placement.Current;
        });

        thread.Start();
        thread.Join();

        Assert.NotNull(before);
        Assert.NotNull(after);
        Assert.NotEqual(before, after);
    }

    [Fact]
    public void Leaving_a_processor_that_does_not_exist_changes_nothing()
    {
        Placement.Leave(int.MaxValue);
        Placement.Leave(1023);
    }
}
