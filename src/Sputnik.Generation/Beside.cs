using System.Runtime.ExceptionServices;

namespace Sputnik.Generation;

/// <summary>What one thread must do alone, beside what all threads share.</summary>
internal static class Beside
{
    /// <summary>Makes a value on a thread of its own while the caller works; returns when both are done.</summary>
    /// <param name="name">The thread's.</param>
    /// <param name="make">Makes the value; what it throws is thrown here.</param>
    /// <param name="meanwhile">The caller's work; what it throws comes first.</param>
    public static T Make<T>(string name, Func<T> make, Action meanwhile)
        where T : class
    {
        T? made = null;
        ExceptionDispatchInfo? thrown = null;
        Thread thread = new(Run) { IsBackground = true, Name = name };
        thread.Start();
        try
        {
            meanwhile();
        }
        finally
        {
            thread.Join();
        }

        thrown?.Throw();
        return made ?? throw new InvalidOperationException($"The thread '{name}' made nothing.");

        void Run()
        {
            try
            {
                made = make();
            }
            catch (Exception error)
            {
                thrown = ExceptionDispatchInfo.Capture(error);
            }
        }
    }
}
