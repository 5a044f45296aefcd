using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Sputnik.EndToEnd.Tests;

/// <summary>What brought other servers down, or let strangers in: refused here, and the server goes on.</summary>
public sealed class HostileRequestTests(ServedZero served) : IClassFixture<ServedZero>
{
    private const string Chat = "/v1/chat/completions";

    /// <summary>Grammars, schemas and expressions that overflow a stack, never end, or are no such thing.</summary>
    public static TheoryData<string> Formats
    {
        get
        {
            string deepSchema = string.Concat(Enumerable.Repeat("""{"type":"array","items":""", 60)) + "{}" + new string('}', 60);
            string wide = string.Join(',', Enumerable.Range(0, 3_000).Select(i => $"\"p{i}\":{{\"type\":\"string\"}}"));
            return
            [
                "\"grammar\":\"root ::= " + new string('(', 30_000) + "\\\"a\\\"" + new string(')', 30_000) + "\"",
                "\"grammar\":\"root ::= " + new string('(', 60_000) + "\"",
                "\"grammar\":\"root ::= root root | root\"",
                "\"grammar\":\"root ::= a\\na ::= b\\nb ::= a\"",
                "\"grammar\":\"root ::= [a-z]{2000000000}\"",
                "\"grammar\":\"no rule at all\"",
                "\"regex\":\"(\"",
                "\"regex\":\"[z-a]\"",
                "\"regex\":\"" + new string('(', 2_000) + new string(')', 2_000) + "\"",
                "\"regex\":\"(?<=a)b\"",
                "\"json_schema\":{\"type\":\"nonsense\"}",
                "\"json_schema\":{\"type\":7}",
                "\"json_schema\":{\"$ref\":\"#/$defs/none\"}",
                "\"json_schema\":{\"$ref\":\"https://evil.example/schema\"}",
                "\"json_schema\":{\"type\":\"string\",\"pattern\":\"(\"}",
                "\"json_schema\":{\"type\":\"string\",\"minLength\":2000000000}",
                "\"json_schema\":{\"type\":\"array\",\"minItems\":2000000000}",
                "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"schema\":" + deepSchema + "}}",
                "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"schema\":{\"type\":\"object\",\"properties\":{" + wide + "}}}}",
            ];
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task A_format_that_is_an_attack_is_refused(string field)
    {
        (int status, JsonElement body) = await served.Post(Chat, $$"""{"messages":[{"role":"user","content":"x"}],"max_tokens":2,{{field}}}""");

        Assert.True(status == 400, body.GetRawText());
        await HoldAlive();
    }

    [Theory]
    [InlineData("\"json_schema\":{\"$ref\":\"#\"}")]
    [InlineData("\"json_schema\":{\"anyOf\":[{\"$ref\":\"#\"},{\"type\":\"null\"}]}")]
    [InlineData("\"grammar\":\"root ::= ((([a-z]{1000}){1000}){1000})\"")]
    [InlineData("\"regex\":\"(((a{1000}){1000}){1000}){1000}\"")]
    [InlineData("\"regex\":\"(a*)*b\"")]
    [InlineData("\"regex\":\"(a|a)*(a|aa)*\"")]
    [InlineData("\"regex\":\"(a?){200}a{200}\"")]
    public async Task A_format_that_grows_or_backtracks_is_answered_or_refused(string field)
    {
        (int status, _) = await served.Post(Chat, $$"""{"messages":[{"role":"user","content":"x"}],"max_tokens":2,"thinking":{"type":"disabled"},{{field}}}""");

        Assert.Contains(status, (int[])[200, 400]);
        await HoldAlive();
    }

    [Theory]
    [InlineData(Chat, """{"messages":[{"role":"user","content":"x"}],"max_tokens":1,"FIELD":VALUE}""", "max_tokens n seed top_k repeat_last_n top_logprobs thinking_token_budget reasoning_budget max_completion_tokens temperature top_p min_p typical_p repeat_penalty presence_penalty")]
    [InlineData("/v1/completions", """{"prompt":"x","max_tokens":1,"FIELD":VALUE}""", "max_tokens n seed best_of logprobs top_k repeat_last_n temperature")]
    [InlineData("/v1/responses", """{"input":"x","max_output_tokens":1,"FIELD":VALUE}""", "max_output_tokens top_logprobs temperature top_p")]
    [InlineData("/v1/messages", """{"messages":[{"role":"user","content":"x"}],"max_tokens":1,"FIELD":VALUE}""", "max_tokens top_k temperature top_p")]
    [InlineData("/api/chat", """{"messages":[{"role":"user","content":"x"}],"stream":false,"options":{"num_predict":1,"FIELD":VALUE}}""", "num_predict num_ctx seed top_k repeat_last_n temperature")]
    public async Task No_number_leads_astray(string path, string request, string fields)
    {
        foreach (string field in fields.Split(' '))
        {
            foreach (string value in (string[])["-2147483648", "2147483647", "2147483648", "-9223372036854775808", "1e400", "-1", "0", "0.5", "\"7\""])
            {
                (int status, JsonElement body) = await served.Post(path, request.Replace("FIELD", field, StringComparison.Ordinal).Replace("VALUE", value, StringComparison.Ordinal));

                Assert.True(status is 200 or 400, $"{field} = {value}: {status} {body.GetRawText()}");
            }
        }

        await HoldAlive();
    }

    [Theory]
    [InlineData("""{"messages":[null]}""", "messages[0]")]
    [InlineData("""{"messages":[{"role":"user","content":"x"}],"tools":[null]}""", "tools[0]")]
    [InlineData("""{"messages":[{"role":"assistant","content":"x","tool_calls":[null]}]}""", "messages[0].tool_calls[0]")]
    public async Task Null_in_a_list_is_refused_by_its_place(string request, string param)
    {
        (int status, JsonElement body) = await served.Post(Chat, request);

        Assert.Equal(400, status);
        Assert.Equal(param, body.GetProperty("error").GetProperty("param").GetString());
    }

    [Theory]
    [InlineData(Chat, """{"messages":[{"role":"user","content":"\ud800"}]}""")]
    [InlineData(Chat, """{"messages":[{"role":"user","content":"\udc00\ud800"}]}""")]
    [InlineData(Chat, """{"messages":[{"role":"user","content":"x"}],"json_schema":{"properties":{"\ud800":{}}}}""")]
    [InlineData("/v1/messages", """{"max_tokens":1,"messages":[{"role":"user","content":[{"type":"text","text":"a\ud800b"}]}]}""")]
    [InlineData("/api/chat", """{"messages":[{"role":"user","content":"\udfff"}]}""")]
    public async Task Half_a_surrogate_pair_is_refused(string path, string request)
    {
        (int status, _) = await served.Post(path, request);

        Assert.Equal(400, status);
        await HoldAlive();
    }

    [Fact]
    public async Task A_body_that_is_not_UTF8_is_refused()
    {
        byte[] body = [.. Encoding.UTF8.GetBytes("""{"messages":[{"role":"user","content":" """), 0xC3, 0x28, .. Encoding.UTF8.GetBytes("\"}]}")];

        Assert.Equal(HttpStatusCode.BadRequest, (await Send(Chat, body)).StatusCode);
        await HoldAlive();
    }

    [Fact]
    public async Task What_is_packed_is_not_unpacked()
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(new byte[16 << 20]);
        }

        Assert.Equal(HttpStatusCode.BadRequest, (await Send(Chat, packed.ToArray(), "gzip")).StatusCode);
        await HoldAlive();
    }

    [Theory]
    [InlineData("/v1/completions", """{"prompt_embeds":"gASVIAAAAAAAAACMBXBvc2l4"}""")]
    [InlineData(Chat, """{"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"file:///etc/passwd"}}]}]}""")]
    [InlineData(Chat, """{"messages":[{"role":"user","content":[{"type":"input_audio","input_audio":{"data":"AAAA"}}]}]}""")]
    [InlineData("/v1/messages", """{"max_tokens":1,"messages":[{"role":"user","content":[{"type":"image","source":{"type":"url","url":"http://169.254.169.254/latest"}}]}]}""")]
    [InlineData("/v1/responses", """{"input":[{"role":"user","content":[{"type":"input_image","image_url":"http://127.0.0.1:1/"}]}]}""")]
    [InlineData("/api/chat", """{"messages":[{"role":"user","content":"x","images":["AAAA"]}]}""")]
    public async Task What_is_not_text_is_neither_fetched_nor_decoded(string path, string request)
    {
        (int status, _) = await served.Post(path, request);

        Assert.Equal(400, status);
    }

    [Theory]
    [InlineData("POST", "/api/create")]
    [InlineData("POST", "/api/pull")]
    [InlineData("POST", "/api/push")]
    [InlineData("POST", "/api/copy")]
    [InlineData("DELETE", "/api/delete")]
    [InlineData("POST", "/api/blobs/sha256:0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("GET", "/api/blobs/sha256:../../../../etc/passwd")]
    [InlineData("POST", "/invocations")]
    [InlineData("POST", "/pooling")]
    [InlineData("POST", "/score")]
    [InlineData("POST", "/v1/rerank")]
    [InlineData("POST", "/pause")]
    [InlineData("POST", "/update_weights")]
    [InlineData("POST", "/v1/load_lora_adapter")]
    [InlineData("POST", "/slots/0?action=save")]
    [InlineData("POST", "/shutdown")]
    [InlineData("POST", "/v1/models")]
    public async Task Nothing_changes_models_or_the_server_from_outside(string method, string path)
    {
        using HttpRequestMessage request = new(new(method), path) { Content = ServedZero.Json("{}") };
        using HttpResponseMessage response = await served.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Contains(response.StatusCode, (HttpStatusCode[])[HttpStatusCode.NotFound, HttpStatusCode.MethodNotAllowed]);
    }

    [Fact]
    public async Task A_browsers_question_before_a_foreign_request_gets_no_leave()
    {
        using HttpRequestMessage request = new(HttpMethod.Options, Chat);
        request.Headers.Add("Origin", "https://evil.example");
        request.Headers.Add("Access-Control-Request-Method", "POST");
        using HttpResponseMessage response = await served.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.DoesNotContain(response.Headers, header => header.Key.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Headers_longer_than_the_limit_are_refused()
    {
        using HttpRequestMessage request = new(HttpMethod.Get, "/v1/models");
        request.Headers.Add("X-Long", new string('a', 40_000));
        using HttpResponseMessage response = await served.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.RequestHeaderFieldsTooLarge, response.StatusCode);
    }

    [Fact]
    public async Task An_error_repeats_no_control_characters_and_no_id_of_the_callers()
    {
        using HttpRequestMessage request = new(HttpMethod.Post, Chat) { Content = ServedZero.Json("""{"model":"a\r\nfake log line\u001b[31m","messages":[{"role":"user","content":"x"}]}""") };
        request.Headers.Add("X-Request-Id", "mine");
        using HttpResponseMessage response = await served.Client.SendAsync(request, TestContext.Current.CancellationToken);
        string message = JsonElement.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).GetProperty("error").GetProperty("message").GetString()!;

        Assert.DoesNotContain(message, char.IsControl);
        Assert.NotEqual("mine", response.Headers.GetValues("X-Request-Id").Single());
    }

    private async Task<HttpResponseMessage> Send(string path, byte[] body, string? encoding = null)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (encoding is not null)
        {
            request.Content.Headers.ContentEncoding.Add(encoding);
        }

        return await served.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>It answers, and has found no fault in itself.</summary>
    private async Task HoldAlive()
    {
        (int status, _) = await served.Get("/readyz");
        Assert.Equal(200, status);
        Assert.Empty(served.Log);
    }
}
