// What every client's tests share: where the server is, what is asked of it, and what it counts.

import assert from "node:assert/strict";
import {z} from "zod";

/** Where the server is; run.mjs sets these. */
export const url = need("SPUTNIK_URL").replace(/\/$/, "");
export const key = need("SPUTNIK_KEY");

/** A key that may list models and nothing else, and one for a single answer a day. */
export const readerKey = need("SPUTNIK_READER_KEY");
export const dailyKey = need("SPUTNIK_DAILY_KEY");

export const model = need("SPUTNIK_MODEL");
export const contextTokens = Number(need("SPUTNIK_CONTEXT"));

/** A second server, whose model asks for two functions whatever it is asked (twocalls.mjs). */
export const twoCallsUrl = need("SPUTNIK_TWO_CALLS_URL").replace(/\/$/, "");
export const twoCallsModel = need("SPUTNIK_TWO_CALLS_MODEL");

/** A problem of the kind that models/sputnik-zero was trained on, and its answer at temperature 0. */
export const question = "Solve 2*x-7=1 for x.";
export const answer = "\\boxed{4}";

/** Longer than the context in any tokenizer: every token has less than 32 characters. */
export const tooLong = "1 + 2 = 3. ".repeat(contextTokens * 3);

/** A function whose arguments are bounded, so that a model that knows no weather ends them. It is strict wherever it is described. */
export const forecast = {
    name: "forecast",
    description: "Tells the weather.",
    schema: z.object({city: z.enum(["Paris", "Rome"]), days: z.number().int().min(1).max(9)}),
    parameters: {
        type: "object",
        properties: {city: {type: "string", enum: ["Paris", "Rome"]}, days: {type: "integer", minimum: 1, maximum: 9}},
        required: ["city", "days"],
        additionalProperties: false,
    },
};

/** The form of an answer. */
export const verdict = z.object({parity: z.enum(["even", "odd"]), sure: z.boolean()});
export const verdictSchema = {
    type: "object",
    properties: {parity: {type: "string", enum: ["even", "odd"]}, sure: {type: "boolean"}},
    required: ["parity", "sure"],
    additionalProperties: false,
};

/** The form of an answer that is not finished before its client has left. */
export const endless = {type: "array", items: {type: "string", enum: ["even", "odd"]}, minItems: 1000};

/** The value of a counter or a gauge, summed over its labels. */
export async function metric(name) {
    const response = await fetch(`${url}/metrics`, {headers: {authorization: `Bearer ${key}`}});
    assert.equal(response.status, 200);
    return (await response.text()).split("\n")
        .filter((line) => line.startsWith(`${name} `) || line.startsWith(`${name}{`))
        .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(" "))), 0);
}

/** What is thrown when it is asked again and again: an answer is on its key's account a moment after the client has it. */
export async function refusal(asking) {
    for (;;) {
        try {
            await asking();
        } catch (error) {
            return error;
        }
    }
}

/** Comes back when a request has been put to the engine. */
export async function begun() {
    while (await metric("sputnik_requests_running") + await metric("sputnik_requests_waiting") === 0) {
        // As in leave: each look is a request.
    }
}

/**
 * Leaves a request that has begun, and comes back when the engine has noticed: nothing runs, nothing waits, one more was cut off.
 * Without that the test runs into its timeout.
 */
export async function leave(begin) {
    const before = await metric("sputnik_cancelled_total");
    await begin();
    while (await metric("sputnik_cancelled_total") === before
        || await metric("sputnik_requests_running") + await metric("sputnik_requests_waiting") > 0) {
        // Each look is a request of its own; there is nothing else to wait for.
    }
}

function need(name) {
    return process.env[name] ?? assert.fail(`${name} is not set; run.mjs starts a server and sets it.`);
}
