using System.Diagnostics;
using System.Globalization;

namespace Sputnik.Server;

/// <summary>Spans as OTLP's ExportTraceServiceRequest in JSON: ids in hexadecimal, 64-bit numbers as strings (OTLP 1.x, "JSON Protobuf Encoding").</summary>
internal static class TraceJson
{
    public static byte[] Of(IReadOnlyList<Activity> spans)
    {
        using Json json = new();
        json.Object().Array("resourceSpans").Object();
        json.Object("resource").Array("attributes");
        Attribute(json, "service.name", "sputnik");
        Attribute(json, "service.version", Software.Version);
        json.End().End();
        json.Array("scopeSpans").Object().Object("scope").Set("name", Traces.Name).Set("version", Software.Version).End().Array("spans");
        foreach (Activity span in spans)
        {
            Write(json, span);
        }

        return json.End().End().End().End().End().End().ToArray();
    }

    private static void Write(Json json, Activity span)
    {
        json.Object().Set("traceId", span.TraceId.ToHexString()).Set("spanId", span.SpanId.ToHexString());
        if (span.ParentSpanId != default)
        {
            json.Set("parentSpanId", span.ParentSpanId.ToHexString());
        }

        // SPAN_KIND_SERVER is 2, SPAN_KIND_INTERNAL 1.
        json.Set("name", span.DisplayName).Set("kind", span.Kind == ActivityKind.Server ? 2L : 1L)
            .Set("startTimeUnixNano", Nanoseconds(span.StartTimeUtc)).Set("endTimeUnixNano", Nanoseconds(span.StartTimeUtc + span.Duration))
            .Array("attributes");
        foreach ((string name, object? value) in span.TagObjects)
        {
            Attribute(json, name, value);
        }

        // STATUS_CODE_ERROR is 2; without a status it is unset.
        json.End().Object("status");
        if (span.Status == ActivityStatusCode.Error)
        {
            json.Set("code", 2L);
        }

        json.End().End();
    }

    private static void Attribute(Json json, string name, object? value)
    {
        json.Object().Set("key", name).Object("value");
        switch (value)
        {
            case int number:
                json.Set("intValue", number.ToString(CultureInfo.InvariantCulture));
                break;
            case string[] words:
                json.Object("arrayValue").Array("values");
                foreach (string word in words)
                {
                    json.Object().Set("stringValue", word).End();
                }

                json.End().End();
                break;
            default:
                json.Set("stringValue", value as string ?? "");
                break;
        }

        json.End().End();
    }

    private static string Nanoseconds(DateTime time) => ((time - DateTime.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick).ToString(CultureInfo.InvariantCulture);
}
