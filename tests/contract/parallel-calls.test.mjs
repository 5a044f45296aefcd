// Two functions asked for in one answer, by a model that does so whatever it is asked.

import assert from "node:assert/strict";
import {test} from "node:test";
import Anthropic from "@anthropic-ai/sdk";
import {createOpenAICompatible} from "@ai-sdk/openai-compatible";
import {generateText, jsonSchema, tool} from "ai";
import {Ollama} from "ollama";
import OpenAI from "openai";
import {key, twoCallsModel as model, twoCallsUrl as url} from "./served.mjs";

const functions = [
    {name: "forecast", description: "Tells the weather.", parameters: {type: "object", properties: {city: {type: "string"}, days: {type: "integer"}}}},
    {name: "clock", description: "Tells the time.", parameters: {type: "object", properties: {zone: {type: "string"}}}},
];
const tools = functions.map((one) => ({type: "function", function: one}));
const expected = [["forecast", {city: "Paris", days: 3}], ["clock", {zone: "CET"}]];
const messages = [{role: "user", content: "x"}];

const openai = new OpenAI({baseURL: `${url}/v1`, apiKey: key, maxRetries: 0});
const anthropic = new Anthropic({baseURL: url, apiKey: key, maxRetries: 0});
const ollama = new Ollama({host: url, headers: {authorization: `Bearer ${key}`}});

for (const parallel of [true, false]) {
    const wanted = parallel ? expected : expected.slice(0, 1);
    const how = parallel ? "two calls" : "one call where no more may come";

    test(`openai: a chat has ${how}`, async () => {
        const {choices: [choice]} = await openai.chat.completions.create({model, messages, temperature: 0, tools, parallel_tool_calls: parallel});

        assert.equal(choice.finish_reason, "tool_calls");
        same(choice.message.tool_calls.map((made) => [made.id, made.function.name, JSON.parse(made.function.arguments)]), wanted);
    });

    test(`openai: a stream is put together as ${how}`, async () => {
        const stream = openai.chat.completions.stream({model, messages, temperature: 0, tools, parallel_tool_calls: parallel});
        const done = [];
        stream.on("tool_calls.function.arguments.done", (event) => done.push([event.index, event.name, JSON.parse(event.arguments)]));
        const {choices: [choice]} = await stream.finalChatCompletion();

        assert.equal(choice.finish_reason, "tool_calls");
        same(choice.message.tool_calls.map((made) => [made.id, made.function.name, JSON.parse(made.function.arguments)]), wanted);
        assert.deepEqual(done, wanted.map(([name, given], index) => [index, name, given]));
    });

    test(`openai: a response has ${how}, streamed or not`, async () => {
        const request = {model, input: "x", temperature: 0, tools: functions.map((one) => ({type: "function", ...one})), parallel_tool_calls: parallel};
        const whole = await openai.responses.create(request);
        const streamed = await openai.responses.stream(request).finalResponse();

        for (const {output} of [whole, streamed]) {
            same(output.filter((item) => item.type === "function_call").map((item) => [item.call_id, item.name, JSON.parse(item.arguments)]), wanted);
        }
    });

    test(`anthropic: a message has ${how}, streamed or not`, async () => {
        const request = {
            model, messages, max_tokens: 100, temperature: 0, tools: functions.map(({parameters, ...one}) => ({...one, input_schema: parameters})),
            tool_choice: {type: "auto", disable_parallel_tool_use: !parallel},
        };
        const whole = await anthropic.messages.create(request);
        const streamed = await anthropic.messages.stream(request).finalMessage();

        for (const message of [whole, streamed]) {
            assert.equal(message.stop_reason, "tool_use");
            same(message.content.filter((block) => block.type === "tool_use").map((block) => [block.id, block.name, block.input]), wanted);
        }
    });
}

test("ollama: a chat has two calls, streamed or not", async () => {
    const request = {model, messages, tools, options: {temperature: 0}};
    const whole = (await ollama.chat(request)).message.tool_calls;
    const streamed = [];
    for await (const part of await ollama.chat({...request, stream: true})) {
        streamed.push(...part.message.tool_calls ?? []);
    }

    for (const calls of [whole, streamed]) {
        assert.deepEqual(calls.map((call) => [call.function.name, call.function.arguments]), expected);
    }
});

test("ai-sdk: both functions are run", async () => {
    const provider = createOpenAICompatible({name: "sputnik", baseURL: `${url}/v1`, apiKey: key});
    const run = [];
    const result = await generateText({
        model: provider(model), prompt: "x", temperature: 0, maxRetries: 0,
        tools: Object.fromEntries(functions.map((one) => [one.name, tool({
            description: one.description, inputSchema: jsonSchema(one.parameters), execute: (given) => {
                run.push([one.name, given]);
                return "7";
            },
        })])),
    });

    assert.deepEqual(run, expected);
    assert.equal(result.toolResults.length, 2);
});

test("openai: both results go back into the conversation", async () => {
    const {choices: [{message}]} = await openai.chat.completions.create({model, messages, temperature: 0, tools});
    const results = message.tool_calls.map((made) => ({role: "tool", tool_call_id: made.id, content: "7"}));
    const next = await openai.chat.completions.create({model, temperature: 0, tools, messages: [...messages, message, ...results]});

    const ids = new Set([...message.tool_calls, ...next.choices[0].message.tool_calls].map((made) => made.id));
    assert.equal(ids.size, 4);
});

function same(calls, wanted) {
    assert.deepEqual(calls.map(([, name, given]) => [name, given]), wanted);
    assert.equal(new Set(calls.map(([id]) => id)).size, wanted.length);
    assert.ok(calls.every(([id]) => id));
}
