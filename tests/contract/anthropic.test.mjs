import assert from "node:assert/strict";
import {test} from "node:test";
import Anthropic from "@anthropic-ai/sdk";
import {zodOutputFormat} from "@anthropic-ai/sdk/helpers/zod";
import {answer, contextTokens, dailyKey, endless, forecast, key, leave, model, question, readerKey, refusal, tooLong, url, verdict} from "./served.mjs";

const as = (apiKey) => new Anthropic({baseURL: url, apiKey, maxRetries: 0});
const client = as(key);
const messages = [{role: "user", content: question}];
const ask = {model, messages, max_tokens: 200, temperature: 0};
const tools = [{name: forecast.name, description: forecast.description, input_schema: forecast.parameters, strict: true}];
const call = {...ask, thinking: {type: "disabled"}, tools, tool_choice: {type: "any", disable_parallel_tool_use: true}};

test("a message has a block of thinking before its text", async () => {
    const message = await client.messages.create(ask);

    assert.deepEqual(message.content.map((block) => block.type), ["thinking", "text"]);
    assert.equal(message.content[1].text, answer);
    assert.equal(message.stop_reason, "end_turn");
    assert.ok(message.usage.input_tokens > 0 && message.usage.output_tokens > 0);
});

test("a stream is put together by the client as the message that is not streamed", async () => {
    const whole = await client.messages.create(ask);
    const stream = client.messages.stream(ask);
    let text = "", thinking = "";
    stream.on("text", (delta) => { text += delta; });
    stream.on("thinking", (delta) => { thinking += delta; });
    const message = await stream.finalMessage();

    assert.equal(text, answer);
    assert.equal(thinking, whole.content[0].thinking);
    assert.deepEqual(message.content, whole.content);
    assert.equal(message.stop_reason, whole.stop_reason);
    assert.deepEqual(message.usage.output_tokens, whole.usage.output_tokens);
});

test("a function that must be called is called, and its result goes back", async () => {
    const message = await client.messages.create(call);

    assert.equal(message.stop_reason, "tool_use");
    const uses = message.content.filter((block) => block.type === "tool_use");
    assert.equal(uses[0].name, forecast.name);
    forecast.schema.parse(uses[0].input);

    const results = uses.map((use) => ({type: "tool_result", tool_use_id: use.id, content: "Rain."}));
    const next = await client.messages.create({
        ...call, tool_choice: {type: "none"}, max_tokens: 16,
        messages: [...messages, {role: "assistant", content: message.content}, {role: "user", content: results}],
    });
    assert.ok(next.content.every((block) => block.type === "text"));
});

test("a call that is streamed is the call that is not", async () => {
    const named = {...call, tool_choice: {type: "tool", name: forecast.name, disable_parallel_tool_use: true}};
    const whole = await client.messages.create(named);
    const streamed = await client.messages.stream(named).finalMessage();

    const [use] = streamed.content.filter((block) => block.type === "tool_use");
    assert.deepEqual(use.input, whole.content.find((block) => block.type === "tool_use").input);
    assert.equal(streamed.stop_reason, "tool_use");
});

test("the thinking of a turn goes back as it came", async () => {
    const first = await client.messages.create(ask);
    const next = await client.messages.create({
        ...ask, max_tokens: 16, messages: [...messages, {role: "assistant", content: first.content}, {role: "user", content: question}],
    });

    assert.equal(next.role, "assistant");
});

test("an answer of a schema is parsed by the client", async () => {
    const message = await client.messages.parse({...ask, thinking: {type: "disabled"}, output_config: {format: zodOutputFormat(verdict)}});

    verdict.parse(message.parsed_output);
});

test("tokens are counted as they are charged", async () => {
    const {input_tokens: counted} = await client.messages.countTokens({model, messages});
    const message = await client.messages.create(ask);

    assert.equal(counted, message.usage.input_tokens);
});

test("errors are of the client's classes", async () => {
    await assert.rejects(as("sk-none-of-this-server").messages.create(ask), (error) => error instanceof Anthropic.AuthenticationError && error.error.error.type === "authentication_error");
    await assert.rejects(client.messages.create({...ask, model: "gpt-9"}), (error) => error instanceof Anthropic.NotFoundError && error.error.error.type === "not_found_error");
    await assert.rejects(as(readerKey).messages.create(ask), (error) => error instanceof Anthropic.PermissionDeniedError && error.error.error.type === "permission_error");
    const refused = await refusal(() => as(dailyKey).messages.create({...ask, max_tokens: 1}));
    assert.ok(refused instanceof Anthropic.RateLimitError);
    assert.equal(refused.error.error.type, "rate_limit_error");
    await assert.rejects(client.messages.create({...ask, temperature: 3}), (error) => error instanceof Anthropic.BadRequestError && error.error.type === "error");
    await assert.rejects(
        client.messages.create({...ask, messages: [{role: "user", content: tooLong}]}),
        (error) => error instanceof Anthropic.BadRequestError && error.message.includes(`${contextTokens}`));
});

test("who leaves a stream stops the engine", () => leave(async () => {
    const stream = client.messages.stream({
        ...ask, thinking: {type: "disabled"}, max_tokens: contextTokens, output_config: {format: {type: "json_schema", schema: endless}},
    });
    stream.on("text", () => stream.abort());
    await assert.rejects(stream.finalMessage(), (error) => error instanceof Anthropic.APIUserAbortError);
}));

test("models are listed", async () => {
    const page = await client.models.list();

    assert.deepEqual(page.data.map((entry) => entry.id), [model]);
});
