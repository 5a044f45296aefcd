import assert from "node:assert/strict";
import {test} from "node:test";
import {Ollama} from "ollama";
import {answer, contextTokens, endless, forecast, key, leave, model, question, tooLong, url, verdict, verdictSchema} from "./served.mjs";

const client = new Ollama({host: url, headers: {authorization: `Bearer ${key}`}});
const messages = [{role: "user", content: question}];
const ask = {model, messages, options: {temperature: 0}};
const tools = [{type: "function", function: {name: forecast.name, description: forecast.description, parameters: forecast.parameters, strict: true}}];

test("a chat answers, thinks apart from its answer and counts its tokens", async () => {
    const reply = await client.chat(ask);

    assert.equal(reply.message.content, answer);
    assert.match(reply.message.thinking, /\d/);
    assert.equal(reply.done, true);
    assert.equal(reply.done_reason, "stop");
    assert.ok(reply.prompt_eval_count > 0 && reply.eval_count > 0);
    assert.ok(reply.prompt_eval_duration > 0 && reply.eval_duration > 0 && reply.prompt_eval_duration + reply.eval_duration <= reply.total_duration);
    assert.ok(!Number.isNaN(new Date(reply.created_at).valueOf()));
});

test("a stream joined is the answer", async () => {
    let content = "", thinking = "", last;
    for await (const part of await client.chat({...ask, stream: true})) {
        content += part.message.content;
        thinking += part.message.thinking ?? "";
        last = part;
    }

    assert.equal(content, answer);
    assert.equal(thinking, (await client.chat(ask)).message.thinking);
    assert.equal(last.done, true);
    assert.ok(last.eval_count > 0);
});

test("thinking is left out where it is not wanted", async () => {
    const reply = await client.chat({...ask, think: false, options: {temperature: 0, num_predict: 20}});

    assert.ok(!reply.message.thinking);
    assert.notEqual(reply.message.content, "");
});

test("a prompt is completed, streamed or not", async () => {
    const request = {model, prompt: question, options: {temperature: 0}};
    let streamed = "";
    for await (const part of await client.generate({...request, stream: true})) {
        streamed += part.response;
    }

    const whole = await client.generate(request);
    assert.equal(whole.response, answer);
    assert.equal(streamed, answer);
    assert.match(whole.thinking, /\d/);
});

// Ollama has no word for a function that must be called. Where an answer may only be null or a call, this model calls.
for (const stream of [false, true]) {
    test(`a function is called with its arguments as an object${stream ? ", in a stream" : ""}`, async () => {
        const request = {...ask, tools, think: false, format: {type: "null"}, options: {temperature: 0, num_predict: 90}};
        const calls = [];
        if (stream) {
            for await (const part of await client.chat({...request, stream})) {
                calls.push(...part.message.tool_calls ?? []);
            }
        } else {
            calls.push(...(await client.chat(request)).message.tool_calls);
        }

        assert.equal(calls[0].function.name, forecast.name);
        forecast.schema.parse(calls[0].function.arguments);
    });
}

test("functions are described, and their calls and results read", async () => {
    const call = {function: {name: forecast.name, arguments: {city: "Paris", days: 1}}};
    const reply = await client.chat({
        ...ask, tools, think: false, options: {temperature: 0, num_predict: 8},
        messages: [...messages, {role: "assistant", content: "", tool_calls: [call]}, {role: "tool", tool_name: forecast.name, content: "Rain."}],
    });

    assert.equal(reply.message.role, "assistant");
    assert.ok(reply.prompt_eval_count > (await client.chat(ask)).prompt_eval_count + 50);
});

test("an answer has the schema it was given", async () => {
    const reply = await client.chat({...ask, think: false, format: verdictSchema});

    verdict.parse(JSON.parse(reply.message.content));
});

test("a text has one embedding, alone or beside others", async () => {
    const {embeddings: [, beside]} = await client.embed({model, input: ["x = 5", "2x = 8"]});

    assert.deepEqual((await client.embed({model, input: "2x = 8"})).embeddings, [beside]);
    assert.deepEqual((await client.embeddings({model, prompt: "2x = 8"})).embedding, beside);
});

test("errors have their status and the server's words", async () => {
    const stranger = new Ollama({host: url, headers: {authorization: "Bearer sk-none-of-this-server"}});

    await assert.rejects(stranger.chat(ask), (error) => error.status_code === 401);
    await assert.rejects(client.chat({...ask, model: "gpt-9"}), (error) => error.status_code === 404 && error.message.includes("gpt-9"));
    await assert.rejects(
        client.chat({...ask, messages: [{role: "user", content: tooLong}]}),
        (error) => error.status_code === 400 && error.message.includes(`${contextTokens}`));
});

test("who leaves a stream stops the engine", () => leave(async () => {
    const stream = await client.chat({...ask, stream: true, think: false, format: endless});
    await assert.rejects(async () => {
        for await (const part of stream) {
            assert.equal(part.done, false);
            stream.abort();
        }
    }, {name: "AbortError"});
}));

test("models are listed, described and shown as loaded", async () => {
    const {models} = await client.list();
    const shown = await client.show({model});
    const running = await client.ps();

    assert.ok(models[0].name.startsWith(model));
    assert.ok(models[0].size > 0);
    assert.ok(shown.capabilities.includes("completion"));
    assert.equal(typeof shown.details.family, "string");
    assert.equal(running.models[0].name, models[0].name);
    assert.match((await client.version()).version, /^\d+\.\d+/);
});
