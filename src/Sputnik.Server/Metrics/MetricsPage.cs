using System.Globalization;
using System.Text;
using Sputnik.Generation;

namespace Sputnik.Server;

/// <summary>
/// Prometheus' text format 0.0.4. Names are vLLM's with our prefix, so that its dashboards fit after a replacement; llama.cpp's
/// own names stand beside them, and those that every Prometheus client has for its process.
/// </summary>
internal static class MetricsPage
{
    public static string Of(Metrics metrics, EngineStatus engine)
    {
        var text = new StringBuilder();
        Engine(text, engine);
        metrics.Write(text);
        LlamaCpp(text, metrics, engine);
        Process(text);
        return text.ToString();
    }

    private static void Engine(StringBuilder text, EngineStatus engine)
    {
        Line(text, "sputnik_build_info", "gauge", "The version, as a label.", 1, $"{{version=\"{Software.Version}\"}}");
        Line(text, "sputnik_requests_running", "gauge", "Answers being computed.", engine.Running);
        Line(text, "sputnik_requests_waiting", "gauge", "Requests that have not begun, and answers set back.", engine.Waiting);
        Line(text, "sputnik_kv_cache_usage_perc", "gauge", "Share of the pages of keys and values that running answers hold, from 0 to 1.", Share(engine));
        Line(text, "sputnik_kv_cache_pages", "gauge", "Pages of keys and values.", engine.Pages);
        Line(text, "sputnik_kv_cache_pages_used", "gauge", "Pages that running answers hold.", engine.PagesUsed);
        Line(text, "sputnik_kv_cache_pages_cached", "gauge", "Pages kept for prompts to come; given up when needed.", engine.PagesCached);
        Line(text, "sputnik_prefix_cache_queries_total", "counter", "Tokens of prompts looked for in the cache.", engine.PrefixQueryTokens);
        Line(text, "sputnik_prefix_cache_hits_total", "counter", "Tokens of prompts found in the cache.", engine.PrefixHitTokens);
        Line(text, "sputnik_prompt_tokens_total", "counter", "Tokens of prompts taken up, the self-test's included.", engine.PromptTokens);
        Line(text, "sputnik_generation_tokens_total", "counter", "Tokens drawn or forced, thinking and the self-test's included.", engine.GeneratedTokens);
        Line(text, "sputnik_engine_steps_total", "counter", "Forward passes.", engine.Steps);
        Line(text, "sputnik_engine_step_seconds", "gauge", "Wall time of the last forward pass and what it decided.", engine.LastStepMilliseconds / 1000);
        Line(text, "sputnik_num_preemptions_total", "counter", "Answers set back to make room.", engine.Preempted);
        Line(text, "sputnik_requests_completed_total", "counter", "Requests that came to their end.", engine.Completed);
        Line(text, "sputnik_request_failures_total", "counter", "Requests failed by what they asked or by logits that are no numbers.", engine.Failed);
        Head(text, "sputnik_cancelled_total", "counter", "Requests cancelled, by what they were in.");
        text.Append(CultureInfo.InvariantCulture, $"sputnik_cancelled_total{{phase=\"queued\"}} {engine.CancelledQueued}\n");
        text.Append(CultureInfo.InvariantCulture, $"sputnik_cancelled_total{{phase=\"prefill\"}} {engine.CancelledPrefill}\n");
        text.Append(CultureInfo.InvariantCulture, $"sputnik_cancelled_total{{phase=\"decode\"}} {engine.CancelledDecode}\n");
    }

    private static void LlamaCpp(StringBuilder text, Metrics metrics, EngineStatus engine)
    {
        Line(text, "llamacpp:prompt_tokens_total", "counter", "As sputnik_prompt_tokens_total.", engine.PromptTokens);
        Line(text, "llamacpp:prompt_seconds_total", "counter", "Sum of sputnik_request_prefill_time_seconds.", metrics.Prefill.Sum);
        Line(text, "llamacpp:tokens_predicted_total", "counter", "As sputnik_generation_tokens_total.", engine.GeneratedTokens);
        Line(text, "llamacpp:tokens_predicted_seconds_total", "counter", "Sum of sputnik_request_decode_time_seconds.", metrics.Decode.Sum);
        Line(text, "llamacpp:n_decode_total", "counter", "As sputnik_engine_steps_total.", engine.Steps);
        Line(text, "llamacpp:requests_processing", "gauge", "As sputnik_requests_running.", engine.Running);
        Line(text, "llamacpp:requests_deferred", "gauge", "As sputnik_requests_waiting.", engine.Waiting);
        Line(text, "llamacpp:kv_cache_usage_ratio", "gauge", "As sputnik_kv_cache_usage_perc.", Share(engine));
    }

    private static void Process(StringBuilder text)
    {
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        Line(text, "process_cpu_seconds_total", "counter", "Processor time of all threads.", process.TotalProcessorTime.TotalSeconds);
        Line(text, "process_resident_memory_bytes", "gauge", "Memory in use, mapped weights included.", process.WorkingSet64);
        Line(text, "process_start_time_seconds", "gauge", "When it began, in seconds since 1970.", (process.StartTime.ToUniversalTime() - DateTime.UnixEpoch).TotalSeconds);
    }

    private static double Share(EngineStatus engine) => (double)engine.PagesUsed / Math.Max(1, engine.Pages);

    private static void Line(StringBuilder text, string name, string type, string help, double value, string labels = "")
    {
        Head(text, name, type, help);
        text.Append(CultureInfo.InvariantCulture, $"{name}{labels} {value}\n");
    }

    private static void Head(StringBuilder text, string name, string type, string help) =>
        text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} {type}\n");
}
