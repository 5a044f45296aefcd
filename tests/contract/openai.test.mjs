import assert from "node:assert/strict";
import {test} from "node:test";
import OpenAI from "openai";
import {zodFunction, zodResponseFormat, zodTextFormat} from "openai/helpers/zod";
import {answer, begun, contextTokens, dailyKey, endless, forecast, key, leave, model, question, readerKey, refusal, tooLong, url, verdict} from "./served.mjs";

const as = (apiKey) => new OpenAI({baseURL: `${url}/v1`, apiKey, maxRetries: 0});
const client = as(key);
const messages = [{role: "user", content: question}];
const ask = {model, messages, temperature: 0};
const tools = [{type: "function", function: {name: forecast.name, description: forecast.description, parameters: forecast.parameters, strict: true}}];
const call = {...ask, reasoning_effort: "none", tools, tool_choice: "required", parallel_tool_calls: false, max_tokens: 200};

test("a chat answers, thinks apart from its answer and counts its tokens", async () => {
    const {choices: [choice], usage} = await client.chat.completions.create(ask);

    assert.equal(choice.message.content, answer);
    assert.match(choice.message.reasoning_content, /\d/);
    assert.equal(choice.finish_reason, "stop");
    assert.equal(usage.prompt_tokens + usage.completion_tokens, usage.total_tokens);
    assert.ok(usage.completion_tokens_details.reasoning_tokens > 0);
});

test("a stream joined is the answer", async () => {
    const whole = await client.chat.completions.create(ask);
    const stream = await client.chat.completions.create({...ask, stream: true, stream_options: {include_usage: true}});
    let content = "", reasoning = "", usage;
    for await (const chunk of stream) {
        content += chunk.choices[0]?.delta.content ?? "";
        reasoning += chunk.choices[0]?.delta.reasoning_content ?? "";
        usage = chunk.usage ?? usage;
    }

    assert.equal(content, answer);
    assert.equal(reasoning, whole.choices[0].message.reasoning_content);
    assert.equal(usage.completion_tokens, whole.usage.completion_tokens);
});

test("the stream's own helper makes the same completion", async () => {
    const completion = await client.chat.completions.stream(ask).finalChatCompletion();

    assert.equal(completion.choices[0].message.content, answer);
    assert.equal(completion.choices[0].finish_reason, "stop");
});

test("a function that must be called is called with arguments of its schema", async () => {
    const {choices: [choice]} = await client.chat.completions.create(call);

    assert.equal(choice.finish_reason, "tool_calls");
    assert.equal(choice.message.tool_calls.length, 1);
    assert.ok(!choice.message.content);
    assert.equal(choice.message.tool_calls[0].function.name, forecast.name);
    forecast.schema.parse(JSON.parse(choice.message.tool_calls[0].function.arguments));
});

test("a function that is named is called", async () => {
    const {choices: [choice]} = await client.chat.completions.create({
        ...call, tool_choice: {type: "function", function: {name: forecast.name}},
    });

    assert.equal(choice.message.tool_calls.length, 1);
    assert.equal(choice.message.tool_calls[0].function.name, forecast.name);
});

test("a call that is streamed is the call that is not", async () => {
    const whole = await client.chat.completions.create(call);
    const stream = client.chat.completions.stream(call);
    const names = [];
    stream.on("tool_calls.function.arguments.done", (event) => names.push(event.name));
    const streamed = await stream.finalChatCompletion();

    assert.deepEqual(streamed.choices[0].message.tool_calls.map((made) => made.function.arguments), whole.choices[0].message.tool_calls.map((made) => made.function.arguments));
    assert.deepEqual(names, whole.choices[0].message.tool_calls.map((made) => made.function.name));
    assert.equal(streamed.choices[0].finish_reason, "tool_calls");
});

test("a call and its result go back into the conversation", async () => {
    const {choices: [{message}]} = await client.chat.completions.create(call);
    const results = message.tool_calls.map((made) => ({role: "tool", tool_call_id: made.id, content: "Rain."}));
    const next = await client.chat.completions.create({...call, tool_choice: "none", max_tokens: 16, messages: [...messages, message, ...results]});

    assert.equal(next.choices[0].message.tool_calls, undefined);
    assert.equal(next.choices[0].message.role, "assistant");
});

test("functions are run by the client's runner", async () => {
    const asked = [];
    const tool = zodFunction({name: forecast.name, description: forecast.description, parameters: forecast.schema, function: (given) => {
        asked.push(given);
        return "Rain.";
    }});
    const runner = client.chat.completions.runTools({...call, tools: [tool]}, {maxChatCompletions: 1});
    await runner.done();

    assert.equal(asked.length, 1);
    forecast.schema.parse(asked[0]);
});

test("an answer of a schema is parsed by the client, behind its thinking", async () => {
    const {choices: [choice]} = await client.chat.completions.parse({...ask, response_format: zodResponseFormat(verdict, "verdict"), max_tokens: 300});

    verdict.parse(choice.message.parsed);
    assert.ok(choice.message.reasoning_content.length > 0);
});

test("a schema holds without thinking, in a stream too", async () => {
    const stream = client.chat.completions.stream({...ask, reasoning_effort: "none", response_format: zodResponseFormat(verdict, "verdict"), max_tokens: 100});
    const completion = await stream.finalChatCompletion();

    verdict.parse(completion.choices[0].message.parsed);
    assert.ok(!completion.choices[0].message.reasoning_content);
});

test("thinking has a budget", async () => {
    const free = await client.chat.completions.create(ask);
    const {choices: [choice]} = await client.chat.completions.create({...ask, thinking_token_budget: 5, max_tokens: 100});

    const begun = free.choices[0].message.reasoning_content.slice(0, 4);
    assert.ok(choice.message.reasoning_content.startsWith(begun));
    assert.notEqual(choice.message.reasoning_content, free.choices[0].message.reasoning_content);
    assert.equal(choice.finish_details.budget_forced, true);
    assert.notEqual(choice.message.content, "");
});

test("tokens come with their log-probabilities", async () => {
    const {choices: [choice]} = await client.chat.completions.create({...ask, logprobs: true, top_logprobs: 2});

    assert.ok(choice.logprobs.content.every((token) => token.logprob <= 0 && token.top_logprobs.length === 2));
});

test("an embedding is the same as numbers and as bytes", async () => {
    const {data: [packed], usage} = await client.embeddings.create({model, input: "2x = 8"});
    const {data: [plain]} = await client.embeddings.create({model, input: ["2x = 8"], encoding_format: "float"});

    assert.deepEqual(Array.from(packed.embedding, Math.fround), plain.embedding.map(Math.fround));
    assert.ok(Math.abs(Math.hypot(...plain.embedding) - 1) < 1e-5);
    assert.ok(usage.prompt_tokens > 0);
    await assert.rejects(client.embeddings.create({model, input: "x", dimensions: 3}), (error) => error instanceof OpenAI.BadRequestError && error.param === "dimensions");
});

test("errors are of the client's classes", async () => {
    await assert.rejects(as("sk-none-of-this-server").chat.completions.create(ask), (error) => error instanceof OpenAI.AuthenticationError && error.code === "invalid_api_key");
    await assert.rejects(client.chat.completions.create({...ask, model: "gpt-9"}), (error) => error instanceof OpenAI.NotFoundError && error.code === "model_not_found");
    await assert.rejects(client.chat.completions.create({...ask, temperature: 3}), (error) => error instanceof OpenAI.BadRequestError && error.param === "temperature");
});

test("a key does what it may, as often as it may", async () => {
    const reader = as(readerKey), daily = as(dailyKey);

    assert.equal((await reader.models.list()).data.length, 1);
    await assert.rejects(reader.chat.completions.create(ask), (error) => error instanceof OpenAI.PermissionDeniedError);
    const refused = await refusal(() => daily.chat.completions.create({...ask, max_tokens: 1}));
    assert.ok(refused instanceof OpenAI.RateLimitError);
    assert.ok(Number(refused.headers.get("retry-after")) > 0);
});

test("a conversation that does not fit is refused with both numbers", async () => {
    await assert.rejects(client.chat.completions.create({...ask, messages: [{role: "user", content: tooLong}]}), (error) => {
        assert.ok(error instanceof OpenAI.BadRequestError);
        assert.equal(error.code, "context_length_exceeded");
        assert.equal(error.error.n_ctx, contextTokens);
        assert.ok(error.error.n_prompt_tokens > contextTokens);
        return true;
    });
});

test("who leaves a stream stops the engine", () => leave(async () => {
    const stream = await client.chat.completions.create({
        ...ask, reasoning_effort: "none", stream: true, response_format: {type: "json_schema", json_schema: {name: "endless", schema: endless}},
    });
    for await (const chunk of stream) {
        assert.equal(chunk.object, "chat.completion.chunk");
        break;
    }
}));

test("who leaves before the answer comes stops the engine", () => leave(async () => {
    const abort = new AbortController();
    const asking = client.chat.completions.create(
        {...ask, reasoning_effort: "none", response_format: {type: "json_schema", json_schema: {name: "endless", schema: endless}}}, {signal: abort.signal});
    await begun();
    abort.abort();
    await assert.rejects(asking, (error) => error instanceof OpenAI.APIUserAbortError);
}));

test("models are listed and looked up", async () => {
    const list = await client.models.list();
    const one = await client.models.retrieve(model);

    assert.deepEqual(list.data.map((entry) => entry.id), [model]);
    assert.equal(one.id, model);
});

test("a text is continued", async () => {
    const completion = await client.completions.create({model, prompt: "1 + 1 = ", max_tokens: 4, temperature: 0, logprobs: 1});

    assert.equal(completion.object, "text_completion");
    assert.equal(completion.choices[0].logprobs.tokens.join(""), completion.choices[0].text);
});

test("a response has its text and its thinking", async () => {
    const response = await client.responses.create({model, input: question, temperature: 0});

    assert.equal(response.output_text, answer);
    assert.equal(response.status, "completed");
    assert.equal(response.output[0].type, "reasoning");
    assert.equal(response.usage.input_tokens + response.usage.output_tokens, response.usage.total_tokens);
});

test("a response that is streamed is put together by the client", async () => {
    const stream = client.responses.stream({model, input: question, temperature: 0});
    let text = "";
    for await (const event of stream) {
        text += event.type === "response.output_text.delta" ? event.delta : "";
    }

    assert.equal(text, answer);
    assert.equal((await stream.finalResponse()).output_text, answer);
});

test("a response calls a function and has a schema", async () => {
    const short = {model, input: question, temperature: 0, reasoning: {effort: "none"}, max_output_tokens: 200};
    const calling = await client.responses.create({
        ...short, tools: [{type: "function", name: forecast.name, parameters: forecast.parameters, strict: true}], tool_choice: "required", parallel_tool_calls: false,
    });
    const parsed = await client.responses.parse({...short, text: {format: zodTextFormat(verdict, "verdict")}});

    const made = calling.output.find((item) => item.type === "function_call");
    assert.equal(made.name, forecast.name);
    forecast.schema.parse(JSON.parse(made.arguments));
    verdict.parse(parsed.output_parsed);
});
