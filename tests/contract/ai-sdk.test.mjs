import assert from "node:assert/strict";
import {test} from "node:test";
import {createOpenAICompatible} from "@ai-sdk/openai-compatible";
import {APICallError, Output, embed, generateText, stepCountIs, streamText, tool} from "ai";
import {answer, contextTokens, endless, forecast, key, leave, model, question, tooLong, url, verdict} from "./served.mjs";

const provider = createOpenAICompatible({name: "sputnik", baseURL: `${url}/v1`, apiKey: key, includeUsage: true, supportsStructuredOutputs: true});
const ask = {model: provider(model), prompt: question, temperature: 0, maxRetries: 0};
const quick = {...ask, maxOutputTokens: 200, providerOptions: {sputnik: {reasoningEffort: "none", parallel_tool_calls: false}}};
const weather = (execute) => ({[forecast.name]: tool({description: forecast.description, inputSchema: forecast.schema, strict: true, execute})});

test("a text is generated with its reasoning and usage", async () => {
    const result = await generateText(ask);

    assert.equal(result.text, answer);
    assert.match(result.reasoningText, /\d/);
    assert.equal(result.finishReason, "stop");
    assert.ok(result.usage.inputTokens > 0);
    assert.ok(result.usage.outputTokens > 0);
    assert.ok(result.usage.outputTokenDetails.reasoningTokens > 0);
});

test("a stream has reasoning before text and ends with its usage", async () => {
    const kinds = [];
    let text = "", usage;
    for await (const part of streamText(ask).fullStream) {
        kinds.push(part.type);
        text += part.type === "text-delta" ? part.text : "";
        usage = part.type === "finish" ? part.totalUsage : usage;
    }

    assert.equal(text, answer);
    assert.ok(kinds.indexOf("reasoning-delta") >= 0 && kinds.indexOf("reasoning-end") < kinds.indexOf("text-delta"));
    assert.ok(usage.outputTokens > 0);
    assert.ok(!kinds.includes("error"));
});

test("a function that must be called is called with parsed arguments", async () => {
    const result = await generateText({...quick, tools: weather(), toolChoice: "required"});

    assert.equal(result.finishReason, "tool-calls");
    assert.equal(result.toolCalls[0].toolName, forecast.name);
    assert.notEqual(result.toolCalls[0].invalid, true);
    forecast.schema.parse(result.toolCalls[0].input);
});

test("a call in a stream runs the function, and its result goes into the next step", async () => {
    const asked = [];
    const result = streamText({
        ...quick,
        tools: weather((given) => {
            asked.push(given);
            return "Rain.";
        }),
        stopWhen: stepCountIs(2),
        prepareStep: ({stepNumber}) => ({toolChoice: stepNumber === 0 ? {type: "tool", toolName: forecast.name} : "none"}),
    });
    const steps = await result.steps;

    assert.equal(steps.length, 2);
    forecast.schema.parse(asked[0]);
    assert.equal(steps[0].toolResults[0].output, "Rain.");
    assert.deepEqual(steps[1].toolCalls, []);
});

test("an object of a schema is generated", async () => {
    const result = await generateText({...quick, output: Output.object({schema: verdict})});

    verdict.parse(result.output);
});

test("an object is streamed in parts", async () => {
    const result = streamText({...quick, output: Output.object({schema: verdict})});
    let last;
    for await (const partial of result.partialOutputStream) {
        last = partial;
    }

    verdict.parse(last);
});

test("an embedding is a unit vector", async () => {
    const {embedding, usage} = await embed({model: provider.textEmbeddingModel(model), value: "2x = 8", maxRetries: 0});

    assert.ok(Math.abs(Math.hypot(...embedding) - 1) < 1e-5);
    assert.ok(usage.tokens > 0);
});

test("errors have their status and the server's words", async () => {
    const stranger = createOpenAICompatible({name: "sputnik", baseURL: `${url}/v1`, apiKey: "sk-none-of-this-server"});

    await assert.rejects(generateText({...ask, model: stranger(model)}), (error) => APICallError.isInstance(error) && error.statusCode === 401);
    await assert.rejects(generateText({...ask, model: provider("gpt-9")}), (error) => APICallError.isInstance(error) && error.statusCode === 404);
    await assert.rejects(generateText({...ask, prompt: tooLong}), (error) => {
        assert.ok(APICallError.isInstance(error));
        assert.equal(error.statusCode, 400);
        assert.equal(JSON.parse(error.responseBody).error.n_ctx, contextTokens);
        assert.ok(error.message.includes(`${contextTokens}`));
        return true;
    });
});

test("who leaves a stream stops the engine", () => leave(async () => {
    const abort = new AbortController();
    const result = streamText({
        ...quick, maxOutputTokens: undefined, abortSignal: abort.signal,
        providerOptions: {sputnik: {reasoningEffort: "none", json_schema: endless}},
    });
    for await (const part of result.fullStream) {
        if (part.type === "text-delta") {
            abort.abort();
        }
    }
}));
