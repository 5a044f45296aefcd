namespace Sputnik.Fuzz;

/// <summary>Valid requests of every route, with every field that is read somewhere. Answers are two tokens long.</summary>
internal static class RequestSeeds
{
    private const string Tool = """{"type":"function","function":{"name":"add","description":"a sum","parameters":{"type":"object","properties":{"a":{"type":"integer"}},"required":["a"]}}}""";

    private static readonly string[] Gets =
    [
        "/", "/index.html", "/v1/models", "/models", "/v1/models/sputnik-zero", "/api/tags", "/api/ps", "/api/version", "/props", "/metrics",
        "/livez", "/readyz", "/health", "/ui/usage", "/ui/runs", "/ui/runs/x/metrics", "/ui/runs/x/rollouts", "/openapi.json",
    ];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<HttpDraft> All { get; } =
    [
        .. Gets.Select(path => new HttpDraft("GET", path, "")),
        .. from path in (string[])["/v1/chat/completions", "/chat/completions", "/beta/chat/completions"] from body in Chats() select new HttpDraft("POST", path, body),
        .. from path in (string[])["/v1/completions", "/completions", "/beta/completions"] from body in Completions() select new HttpDraft("POST", path, body),
        .. from path in (string[])["/v1/embeddings", "/embeddings", "/api/embed", "/api/embeddings"] select new HttpDraft("POST", path, """{"model":"sputnik-zero","input":["x"]}"""),
        .. from body in Responses() select new HttpDraft("POST", "/v1/responses", body),
        .. from path in (string[])["/v1/messages", "/v1/messages/count_tokens"] from body in Messages() select new HttpDraft("POST", path, body),
        .. from body in OllamaChats() select new HttpDraft("POST", "/api/chat", body),
        .. from body in OllamaTexts() select new HttpDraft("POST", "/api/generate", body),
        new("POST", "/api/show", """{"model":"sputnik-zero"}"""),
        new("POST", "/v1/chat/completions/chatcmpl-0/stop-thinking", "{}"),
        new("POST", "/tokenize", """{"content":"3x + 4 = 19 <think>","add_special":true,"parse_special":true,"with_pieces":true}"""),
        new("POST", "/detokenize", """{"tokens":[1,2,3]}"""),
        new("POST", "/apply-template", """{"messages":[{"role":"user","content":"3x"}]}"""),
    ];

    private static string[] Chats() =>
    [
        """{"model":"sputnik-zero","messages":[{"role":"user","content":"2x = 8"}],"max_tokens":2}""",
        """{"messages":[{"role":"system","content":"Be brief."},{"role":"user","content":[{"type":"text","text":"2x = 8"}],"name":"u"}],"max_completion_tokens":2,"stream":true,"stream_options":{"include_usage":true}}""",
        """{"messages":[{"role":"user","content":"x"}],"max_tokens":2,"temperature":1,"top_p":0.9,"n":2,"stop":["a","b"],"seed":7,"presence_penalty":1,"frequency_penalty":-1,"logit_bias":{"5":3},"logprobs":true,"top_logprobs":2}""",
        """{"messages":[{"role":"user","content":"x"}],"max_tokens":2,"top_k":5,"min_p":0.1,"typical_p":0.9,"repeat_penalty":1.1,"repetition_penalty":1.1,"repeat_last_n":8}""",
        """{"messages":[{"role":"user","content":"x"}],"max_tokens":2,"reasoning_effort":"low","thinking_token_budget":1,"reasoning_budget":1,"thinking":{"type":"enabled","budget_tokens":1},"chat_template_kwargs":{"enable_thinking":true}}""",
        $$$$"""{"messages":[{"role":"user","content":"x"},{"role":"assistant","content":null,"reasoning_content":"h","tool_calls":[{"id":"c","type":"function","function":{"name":"add","arguments":"{}"}}]},{"role":"tool","tool_call_id":"c","content":"3"}],"tools":[{{{{Tool}}}}],"tool_choice":"none","parallel_tool_calls":true,"max_tokens":2}""",
        """{"messages":[{"role":"user","content":"x"},{"role":"assistant","content":"<think>a</think>b","prefix":true}],"continue_final_message":true,"max_tokens":2}""",
        """{"messages":[{"role":"user","content":"x"}],"max_tokens":2,"thinking":{"type":"disabled"},"response_format":{"type":"json_schema","json_schema":{"name":"s","strict":true,"schema":{"type":"object","properties":{"a":{"type":"integer","minimum":0,"maximum":10},"b":{"type":"string","pattern":"^a+$","minLength":1},"c":{"type":"array","items":{"enum":[1,"x",null]},"maxItems":3},"d":{"anyOf":[{"type":"number"},{"$ref":"#/$defs/t"}]}},"required":["a"],"$defs":{"t":{"type":"boolean"}}}}}}""",
        """{"messages":[{"role":"user","content":"x"}],"max_tokens":2,"response_format":{"type":"json_object"}}""",
        """{"messages":[{"role":"user","content":"x"}],"max_tokens":2,"grammar":"root ::= (\"a\" | [b-d]{1,3}) rest*\nrest ::= \" \" root"}""",
        """{"messages":[{"role":"user","content":"x"}],"max_tokens":2,"regex":"(a|b)+[0-9]{1,4}c?"}""",
    ];

    private static string[] Completions() =>
    [
        """{"model":"sputnik-zero","prompt":"1 + 1","max_tokens":2}""",
        """{"prompt":["1 +","2 +"],"max_tokens":1,"n":2,"best_of":2,"echo":true,"logprobs":1,"stream":true,"stream_options":{"include_usage":true},"stop":"x","suffix":""}""",
        """{"prompt":[[1,2],[3]],"max_tokens":1,"temperature":0.5,"top_p":0.5,"top_k":3,"min_p":0.1,"typical_p":1,"repeat_penalty":1,"repeat_last_n":4,"presence_penalty":0,"frequency_penalty":0,"seed":1,"logit_bias":{"1":1}}""",
        """{"prompt":[1,2,3],"max_tokens":0,"echo":true}""",
    ];

    private static string[] Responses() =>
    [
        """{"model":"sputnik-zero","input":"2x = 8","max_output_tokens":2}""",
        """{"input":[{"role":"user","content":"x"},{"type":"reasoning","id":"rs_1","summary":[],"content":[{"type":"reasoning_text","text":"h"}]},{"type":"function_call","call_id":"c","name":"add","arguments":"{}"},{"type":"function_call_output","call_id":"c","output":"3"},{"type":"message","role":"user","content":[{"type":"input_text","text":"y"}]}],"instructions":"Be brief.","max_output_tokens":2,"stream":true,"temperature":1,"top_p":0.9,"tools":[{"type":"function","name":"add","description":"d","parameters":{"type":"object"}}],"tool_choice":"none","parallel_tool_calls":false,"reasoning":{"effort":"low"},"truncation":"disabled","metadata":{"a":"b"},"background":false,"top_logprobs":1}""",
        """{"input":"x","max_output_tokens":2,"reasoning":{"effort":"none"},"text":{"format":{"type":"json_schema","name":"s","schema":{"type":"array","items":{"type":"integer"}}}}}""",
    ];

    private static string[] Messages() =>
    [
        """{"model":"sputnik-zero","max_tokens":2,"messages":[{"role":"user","content":"x"}]}""",
        """{"max_tokens":2,"system":[{"type":"text","text":"Be brief."}],"messages":[{"role":"user","content":[{"type":"text","text":"x"}]},{"role":"assistant","content":[{"type":"thinking","thinking":"h","signature":"s"},{"type":"text","text":"a"},{"type":"tool_use","id":"t","name":"add","input":{"a":1}}]},{"role":"user","content":[{"type":"tool_result","tool_use_id":"t","content":"3"}]}],"stream":true,"temperature":1,"top_p":0.9,"top_k":5,"stop_sequences":["q"],"tools":[{"name":"add","description":"d","input_schema":{"type":"object"}}],"tool_choice":{"type":"none"},"thinking":{"type":"enabled","budget_tokens":1},"output_config":{"effort":"low"}}""",
    ];

    private static string[] OllamaChats() =>
    [
        """{"model":"sputnik-zero","messages":[{"role":"user","content":"x"}],"options":{"num_predict":2},"stream":false}""",
        $$$$"""{"messages":[{"role":"user","content":"x","images":[]},{"role":"assistant","content":"","thinking":"h","tool_calls":[{"id":"c","function":{"name":"add","arguments":{"a":1}}}]},{"role":"tool","tool_name":"add","tool_call_id":"c","content":"3"}],"tools":[{{{{Tool}}}}],"format":"","think":"low","options":{"num_predict":2,"num_ctx":64,"seed":1,"top_k":3,"top_p":0.9,"min_p":0.1,"typical_p":1,"repeat_last_n":-1,"repeat_penalty":1.1,"presence_penalty":0,"frequency_penalty":0,"temperature":1,"stop":["q"]}}""",
        """{"messages":[]}""",
    ];

    private static string[] OllamaTexts() =>
    [
        """{"model":"sputnik-zero","prompt":"x","options":{"num_predict":2},"stream":false,"think":false,"format":"json"}""",
        """{"prompt":"x","system":"Be brief.","options":{"num_predict":2,"stop":"q"},"think":true,"format":{"type":"object"}}""",
        """{"prompt":"x <think>","raw":true,"options":{"num_predict":2,"stop":"q"}}""",
        """{"prompt":"","suffix":"","template":"","images":[]}""",
    ];
}
