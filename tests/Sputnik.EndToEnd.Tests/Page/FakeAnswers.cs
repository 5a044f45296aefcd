using System.Text.Json.Nodes;

namespace Sputnik.EndToEnd.Tests.Page;

/// <summary>What the fake server says, in the shapes of the real one.</summary>
internal static class FakeAnswers
{
    /// <summary>A place in a script: the model thinks until it is told to stop.</summary>
    public const string UntilStopped = "until stopped";

    public const string Models = """
        {"object":"list","data":[
          {"id":"sputnik-zero","object":"model","created":1,"owned_by":"sputnik","max_model_len":32768},
          {"id":"qwen3:0.6b","object":"model","created":1,"owned_by":"sputnik","meta":{"n_ctx_train":4096}}]}
        """;

    /// <summary>What a server that keeps runs and a ledger answers, by path.</summary>
    public static (string Path, string Answer)[] Kept =>
    [
        ("/ui/runs", """[{"name":"zero-mini","started":"2025-11-20T09:30:00Z","stages":["pretrain","zero"],"state":"running"},{"name":"zero quick","started":"2025-11-18T20:00:00Z","stages":["pretrain"],"state":"finished"}]"""),
        ("/ui/runs/zero-mini/metrics", Metrics()),
        ("/ui/runs/zero-mini/rollouts", """[{"step":60,"stage":"zero","prompt":"What is 12 + 30?","answer":"<think>12 + 30 = 42</think>42","reward":1,"why":"right"},{"step":10,"stage":"zero","prompt":"What is 3 + 4?","answer":"<script>window.hit=1</script>8","reward":0,"why":"wrong"}]"""),
        ("/ui/usage", """{"days":[{"day":"2025-11-20","key":"ada","model":"sputnik-zero","prompt_tokens":120000,"completion_tokens":480000,"reasoning_tokens":300000,"cpu_hours":3.5},{"day":"2025-11-21","key":"bob","model":"sputnik-zero","prompt_tokens":40000,"completion_tokens":90000,"reasoning_tokens":70000,"cpu_hours":0.9}],"price":null}"""),
    ];

    /// <summary>The chunks for a question; the words in it choose the script.</summary>
    public static IEnumerable<string> For(string question, string id, int number)
    {
        yield return Chunk(id, """{"role":"assistant","content":""}""");
        foreach (string piece in new[] { "The reader", " asks for", " a sum. ", "Let me", " see: $2+2=4$." })
        {
            yield return Delta(id, "reasoning_content", piece);
        }

        if (question.Contains("slow", StringComparison.Ordinal))
        {
            yield return UntilStopped;
        }

        if (question.Contains("break", StringComparison.Ordinal))
        {
            yield return Error("The engine ran out of pages.", "server_error");
            yield break;
        }

        foreach (string piece in question.Contains("hostile", StringComparison.Ordinal) ? HostileMarkdown.All : Answer(number))
        {
            yield return Delta(id, "content", piece);
        }

        yield return Chunk(id, "{}", "stop");
        yield return $$"""{"id":"{{id}}","object":"chat.completion.chunk","choices":[],"usage":{"prompt_tokens":21,"completion_tokens":57,"total_tokens":78,"completion_tokens_details":{"reasoning_tokens":17} } }""";
        yield return "[DONE]";
    }

    public static string Error(string message, string code) =>
        new JsonObject { ["error"] = new JsonObject { ["message"] = message, ["type"] = "invalid_request_error", ["code"] = code } }.ToJsonString();

    private static string[] Answer(int number) =>
    [
        $"Answer {number}: it is **four**.\n\n", "Because $$\\sum_{i=1}^{2} 2 = 4$$ holds, and in code:\n\n", "```python\ndef four():\n    return 2 + 2  # a sum\n```\n\n",
        "| a | b |\n|---|--:|\n| 2 | 2 |\n\n", "- one\n- two, see [the source](https://example.org/sum)\n",
    ];

    private static string Delta(string id, string field, string text) => Chunk(id, new JsonObject { [field] = text }.ToJsonString());

    private static string Chunk(string id, string delta, string? finish = null) =>
        $$"""{"id":"{{id}}","object":"chat.completion.chunk","created":1,"model":"sputnik-zero","choices":[{"index":0,"delta":{{delta}},"finish_reason":{{(finish is null ? "null" : $"\"{finish}\"")}}}],"usage":null}""";

    private static string Metrics()
    {
        JsonObject series = [];
        foreach (string name in new[] { "pretrain.loss", "zero.entropy", "zero.length", "zero.reward" })
        {
            JsonArray points = [];
            for (int step = 0; step <= 60; step++)
            {
                double value = name switch { "zero.reward" => 1 - Math.Exp(-step / 25.0), "pretrain.loss" => 2 * Math.Exp(-step / 30.0), "zero.entropy" => 0.7 - (step * 0.006), _ => 40 + step };
                points.Add((JsonNode)new JsonArray(step, value));
            }

            series[name] = points;
        }

        return new JsonObject { ["series"] = series }.ToJsonString();
    }
}
