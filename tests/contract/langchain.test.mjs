import assert from "node:assert/strict";
import {test} from "node:test";
import {HumanMessage, ToolMessage} from "@langchain/core/messages";
import {tool} from "@langchain/core/tools";
import {ChatOpenAI, OpenAIEmbeddings} from "@langchain/openai";
import {answer, contextTokens, endless, forecast, key, leave, model, question, tooLong, url, verdict} from "./served.mjs";

const configuration = {baseURL: `${url}/v1`};
const settings = {model, apiKey: key, configuration, temperature: 0, maxRetries: 0};
const chat = new ChatOpenAI(settings);
const quick = new ChatOpenAI({...settings, maxTokens: 200, modelKwargs: {reasoning_effort: "none"}});
const once = {strict: true, parallel_tool_calls: false};
const weather = tool(() => "Rain.", {name: forecast.name, description: forecast.description, schema: forecast.schema});

test("a chat answers with its reasoning and usage", async () => {
    const message = await chat.invoke(question);

    assert.equal(message.text, answer);
    assert.match(message.additional_kwargs.reasoning_content, /\d/);
    assert.equal(message.response_metadata.finish_reason, "stop");
    assert.equal(message.usage_metadata.input_tokens + message.usage_metadata.output_tokens, message.usage_metadata.total_tokens);
    assert.ok(message.usage_metadata.output_token_details.reasoning > 0);
});

test("a stream joined is the answer", async () => {
    let whole;
    for await (const chunk of await chat.stream(question)) {
        whole = whole?.concat(chunk) ?? chunk;
    }

    assert.equal(whole.text, answer);
    assert.match(whole.additional_kwargs.reasoning_content, /\d/);
    assert.ok(whole.usage_metadata.output_tokens > 0);
});

test("a function that must be called is called, and its result goes back", async () => {
    const first = await quick.bindTools([weather], {tool_choice: "required", ...once}).invoke(question);

    assert.equal(first.tool_calls[0].name, forecast.name);
    assert.deepEqual(first.invalid_tool_calls, []);
    forecast.schema.parse(first.tool_calls[0].args);

    const results = await Promise.all(first.tool_calls.map((call) => weather.invoke(call)));
    assert.ok(results[0] instanceof ToolMessage);
    const next = await quick.bindTools([weather], {tool_choice: "none", ...once}).invoke([new HumanMessage(question), first, ...results]);
    assert.deepEqual(next.tool_calls, []);
});

test("a call that is streamed is put together by the client", async () => {
    let whole;
    for await (const chunk of await quick.bindTools([weather], {tool_choice: forecast.name, ...once}).stream(question)) {
        whole = whole?.concat(chunk) ?? chunk;
    }

    assert.equal(whole.tool_calls[0].name, forecast.name);
    forecast.schema.parse(whole.tool_calls[0].args);
});

for (const method of ["jsonSchema", "functionCalling"]) {
    test(`an answer has the schema asked for by ${method}`, async () => {
        verdict.parse(await quick.withStructuredOutput(verdict, {name: "verdict", method, strict: true}).invoke(question));
    });
}

test("a text has one embedding, alone or beside others", async () => {
    const embeddings = new OpenAIEmbeddings({model, apiKey: key, configuration, maxRetries: 0});
    const [, beside] = await embeddings.embedDocuments(["x = 5", "2x = 8"]);

    assert.deepEqual(await embeddings.embedQuery("2x = 8"), beside);
});

test("errors have their status and the server's words", async () => {
    const stranger = new ChatOpenAI({...settings, apiKey: "sk-none-of-this-server"});

    await assert.rejects(stranger.invoke(question), (error) => error.status === 401);
    await assert.rejects(new ChatOpenAI({...settings, model: "gpt-9"}).invoke(question), (error) => error.status === 404);
    await assert.rejects(chat.invoke(tooLong), (error) => error.status === 400 && error.message.includes(`${contextTokens}`));
});

test("who leaves a stream stops the engine", () => leave(async () => {
    const stream = await new ChatOpenAI({...settings, modelKwargs: {reasoning_effort: "none", json_schema: endless}}).stream(question);
    for await (const chunk of stream) {
        if (chunk.text !== "") {
            break;
        }
    }
}));
