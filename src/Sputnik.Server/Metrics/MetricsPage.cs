using System.Globalization;
using System.Text;
using Sputnik.Generation;

namespace Sputnik.Server;

/// <summary>
/// Prometheus' text format 0.0.4. Names are vLLM's with our prefix, so that its dashboards fit after a replacement; llama.cpp's
/// own names stand beside them, and those that every Prometheus client has for its process. Where several models are served,
/// what belongs to one has vLLM's label model_name.
/// </summary>
internal sealed class MetricsPage
{
    private readonly StringBuilder _text = new();
    private readonly Measured[] _models;

    private MetricsPage(Desks desks) =>
        _models = [.. desks.All.Select(desk => new Measured(desks.All.Count == 1 ? "" : Labels.One("model_name", desk.Model.Id), desk.Metrics, desk.Model.Responder.Engine.Status))];

    public static string Of(Desks desks)
    {
        MetricsPage page = new(desks);
        page.Line("sputnik_build_info", "gauge", "The version, as a label.", 1, Labels.Of(Labels.One("version", Software.Version)));
        page.Engines();
        page.Counted(desks.Metrics.ClientsLeft, desks.Metrics.Rejected, desks.Accounts.Writes.Lost);
        page.LlamaCpp();
        page.Process();
        return page._text.ToString();
    }

    private void Engines()
    {
        Each("sputnik_requests_running", "gauge", "Answers being computed.", of => of.Engine.Running);
        Each("sputnik_requests_waiting", "gauge", "Requests that have not begun, and answers preempted.", of => of.Engine.Waiting);
        Each("sputnik_kv_cache_usage_perc", "gauge", "Share of the pages of keys and values that running answers hold, from 0 to 1.", of => of.Share);
        Each("sputnik_kv_cache_pages", "gauge", "Pages of keys and values.", of => of.Engine.Pages);
        Each("sputnik_kv_cache_pages_used", "gauge", "Pages that running answers hold.", of => of.Engine.PagesUsed);
        Each("sputnik_kv_cache_pages_cached", "gauge", "Pages kept for prompts to come; given up when needed.", of => of.Engine.PagesCached);
        Each("sputnik_prefix_cache_queries_total", "counter", "Tokens of prompts looked for in the cache.", of => of.Engine.PrefixQueryTokens);
        Each("sputnik_prefix_cache_hits_total", "counter", "Tokens of prompts found in the cache.", of => of.Engine.PrefixHitTokens);
        Each("sputnik_prompt_tokens_total", "counter", "Tokens of prompts taken up, the self-test's included.", of => of.Engine.PromptTokens);
        Each("sputnik_generation_tokens_total", "counter", "Tokens drawn or forced, thinking and the self-test's included.", of => of.Engine.GeneratedTokens);
        Each("sputnik_engine_steps_total", "counter", "Forward passes.", of => of.Engine.Steps);
        Each("sputnik_engine_step_seconds", "gauge", "Wall time of the last forward pass and what it decided.", of => of.Engine.LastStepMilliseconds / 1000);
        Each("sputnik_num_preemptions_total", "counter", "Answers preempted to make room.", of => of.Engine.Preempted);
        Each("sputnik_requests_completed_total", "counter", "Requests that came to their end.", of => of.Engine.Completed);
        Each("sputnik_request_failures_total", "counter", "Requests failed by what they asked or by logits that are no numbers.", of => of.Engine.Failed);
        Head("sputnik_cancelled_total", "counter", "Requests cancelled, by what they were in.");
        foreach (Measured of in _models)
        {
            Value("sputnik_cancelled_total", of.Engine.CancelledQueued, Labels.Of(of.Label, Labels.One("phase", "queued")));
            Value("sputnik_cancelled_total", of.Engine.CancelledPrefill, Labels.Of(of.Label, Labels.One("phase", "prefill")));
            Value("sputnik_cancelled_total", of.Engine.CancelledDecode, Labels.Of(of.Label, Labels.One("phase", "decode")));
        }
    }

    // A name's lines stand together, whichever model they are of: the format demands it.
    private void Counted(params ReadOnlySpan<Counter> server)
    {
        for (int i = 0; i < _models[0].Metrics.Counters.Count; i++)
        {
            _models[0].Metrics.Counters[i].WriteHead(_text);
            foreach (Measured of in _models)
            {
                of.Metrics.Counters[i].WriteLines(_text, of.Label);
            }
        }

        foreach (Counter counter in server)
        {
            counter.WriteHead(_text);
            counter.WriteLines(_text, "");
        }

        for (int i = 0; i < _models[0].Metrics.Histograms.Count; i++)
        {
            _models[0].Metrics.Histograms[i].WriteHead(_text);
            foreach (Measured of in _models)
            {
                of.Metrics.Histograms[i].WriteLines(_text, of.Label);
            }
        }
    }

    private void LlamaCpp()
    {
        Each("llamacpp:prompt_tokens_total", "counter", "As sputnik_prompt_tokens_total.", of => of.Engine.PromptTokens);
        Each("llamacpp:prompt_seconds_total", "counter", "Sum of sputnik_request_prefill_time_seconds.", of => of.Metrics.Prefill.Sum);
        Each("llamacpp:tokens_predicted_total", "counter", "As sputnik_generation_tokens_total.", of => of.Engine.GeneratedTokens);
        Each("llamacpp:tokens_predicted_seconds_total", "counter", "Sum of sputnik_request_decode_time_seconds.", of => of.Metrics.Decode.Sum);
        Each("llamacpp:n_decode_total", "counter", "As sputnik_engine_steps_total.", of => of.Engine.Steps);
        Each("llamacpp:requests_processing", "gauge", "As sputnik_requests_running.", of => of.Engine.Running);
        Each("llamacpp:requests_deferred", "gauge", "As sputnik_requests_waiting.", of => of.Engine.Waiting);
        Each("llamacpp:kv_cache_usage_ratio", "gauge", "As sputnik_kv_cache_usage_perc.", of => of.Share);
    }

    private void Process()
    {
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        Line("process_cpu_seconds_total", "counter", "Processor time of all threads.", process.TotalProcessorTime.TotalSeconds);
        Line("process_resident_memory_bytes", "gauge", "Memory in use, mapped weights included.", process.WorkingSet64);
        Line("process_start_time_seconds", "gauge", "When it began, in seconds since 1970.", (process.StartTime.ToUniversalTime() - DateTime.UnixEpoch).TotalSeconds);
    }

    private void Each(string name, string type, string help, Func<Measured, double> value)
    {
        Head(name, type, help);
        foreach (Measured of in _models)
        {
            Value(name, value(of), Labels.Of(of.Label));
        }
    }

    private void Line(string name, string type, string help, double value, string labels = "")
    {
        Head(name, type, help);
        Value(name, value, labels);
    }

    private void Head(string name, string type, string help) =>
        _text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} {type}\n");

    private void Value(string name, double value, string labels) => _text.Append(CultureInfo.InvariantCulture, $"{name}{labels} {value}\n");

    private sealed record Measured(string Label, Metrics Metrics, EngineStatus Engine)
    {
        public double Share => (double)Engine.PagesUsed / Math.Max(1, Engine.Pages);
    }
}
