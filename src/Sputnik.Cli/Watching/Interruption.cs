using System.Runtime.InteropServices;

namespace Sputnik.Cli;

/// <summary>Ctrl-C and SIGTERM: the first asks for a whole end, the second ends the process at once.</summary>
internal sealed class Interruption : IDisposable
{
    private const string ShowCursor = "\u001b[?25h";

    /// <summary>What a training run says.</summary>
    public const string AfterThisStep = "Stopping after this step. Once more stops at once, and work since the last checkpoint is lost.";

    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _terminate;
    private readonly string _sentence;
    private int _code;

    /// <param name="sentence">Said at the first signal.</param>
    public Interruption(string sentence = AfterThisStep)
    {
        _sentence = sentence;
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Receive(context, ExitCode.Interrupted));
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Receive(context, ExitCode.Terminated));
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>What the process returns when it was interrupted.</summary>
    public int Code => Volatile.Read(ref _code) is var code and not 0 ? code : ExitCode.Interrupted;

    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
        _source.Dispose();
    }

    private void Receive(PosixSignalContext context, int code)
    {
        bool first = Interlocked.CompareExchange(ref _code, code, 0) == 0;
        context.Cancel = first;
        if (first)
        {
            Console.Error.WriteLine($"\n{_sentence}");
            _source.Cancel();
        }
        else if (!Console.IsOutputRedirected)
        {
            // The live view hides the cursor and does not come to its end now.
            Console.Out.Write(ShowCursor);
        }
    }
}
