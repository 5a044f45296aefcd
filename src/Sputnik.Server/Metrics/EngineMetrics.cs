using System.Globalization;
using System.Text;
using Sputnik.Generation;

namespace Sputnik.Server;

/// <summary>The engine and the process at this moment, in Prometheus' text format: what must return to where it was when nobody asks.</summary>
internal static class EngineMetrics
{
    public static string ToText(EngineStatus status)
    {
        var text = new StringBuilder();
        Write(text, "sputnik_engine_running", "gauge", "Sequences that are being computed.", status.Running);
        Write(text, "sputnik_engine_waiting", "gauge", "Requests that have not begun, and sequences set back.", status.Waiting);
        Write(text, "sputnik_kv_pages", "gauge", "Pages of keys and values in all.", status.Pages);
        Write(text, "sputnik_kv_pages_used", "gauge", "Pages that running sequences hold.", status.PagesUsed);
        Write(text, "sputnik_kv_pages_cached", "gauge", "Pages kept for prompts to come.", status.PagesCached);
        Write(text, "sputnik_engine_step_seconds", "gauge", "Wall time of the last step.", status.LastStepMilliseconds / 1000);
        Write(text, "sputnik_engine_steps_total", "counter", "Forward passes.", status.Steps);
        Write(text, "sputnik_preemptions_total", "counter", "Sequences set back to make room.", status.Preempted);
        Write(text, "sputnik_engine_completed_total", "counter", "Requests the engine completed.", status.Completed);
        Write(text, "sputnik_engine_failed_total", "counter", "Requests that failed in the engine.", status.Failed);
        Head(text, "sputnik_engine_cancelled_total", "counter", "Requests the engine let go of, by where they were.");
        Line(text, "sputnik_engine_cancelled_total{phase=\"queued\"}", status.CancelledQueued);
        Line(text, "sputnik_engine_cancelled_total{phase=\"prefill\"}", status.CancelledPrefill);
        Line(text, "sputnik_engine_cancelled_total{phase=\"decode\"}", status.CancelledDecode);

        // The names that Prometheus' own clients use.
        Write(text, "process_resident_memory_bytes", "gauge", "Resident memory size in bytes.", Environment.WorkingSet);
        Write(text, "dotnet_total_memory_bytes", "gauge", "Total known allocated memory.", GC.GetTotalMemory(forceFullCollection: false));
        return text.ToString();
    }

    private static void Write(StringBuilder text, string name, string type, string help, double value)
    {
        Head(text, name, type, help);
        Line(text, name, value);
    }

    private static void Head(StringBuilder text, string name, string type, string help) => text.Append($"# HELP {name} {help}\n# TYPE {name} {type}\n");

    private static void Line(StringBuilder text, string name, double value) => text.Append(CultureInfo.InvariantCulture, $"{name} {value}\n");
}
