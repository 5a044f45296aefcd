// Many sequences at once through llama.cpp: N prompts of -p random tokens, -n tokens drawn greedily for each; prints JSON.
//
//   node batch.mjs MODEL.gguf -s 8 [-p 128] [-n 128] [-t 2] [--way api|bare]
//
// api:  node-llama-cpp's own batching: a context of N sequences, N evaluations at once.
// bare: llama_decode through the package's bindings with nothing around it: prompts in batches of 512 rows, then a row of
//       every sequence a step. No server does less.

import {randomInt} from "node:crypto";
import path from "node:path";
import {parseArgs} from "node:util";
import {getLlama, LlamaLogLevel} from "node-llama-cpp";

const PromptRows = 512; // llama-server's --ubatch-size

const {values: options, positionals: [modelPath]} = parseArgs({
    allowPositionals: true,
    options: {
        streams: {type: "string", short: "s", default: "8"},
        prompt: {type: "string", short: "p", default: "128"},
        new: {type: "string", short: "n", default: "128"},
        threads: {type: "string", short: "t", default: "2"},
        way: {type: "string", default: "api"},
    },
});
const [streams, prompt, generated, threads] = [options.streams, options.prompt, options.new, options.threads].map(Number);
const llama = await getLlama({gpu: false, build: "never", progressLogs: false, logLevel: LlamaLogLevel.error, maxThreads: threads});
const model = await llama.loadModel({modelPath, gpuLayers: 0, ignoreMemorySafetyChecks: true});
const size = model.fileInfo.architectureMetadata?.vocab_size ?? model.fileInfo.metadata.tokenizer.ggml.tokens.length;
const contextSize = Math.ceil((prompt + generated) / 256) * 256; // llama.cpp's own step
const work = {api: await apiWay(), bare: bareWay}[options.way];
await work(1, 8); // pages are touched, code is compiled
const start = performance.now();
const tokens = await work(streams, generated);
const seconds = (performance.now() - start) / 1000;
console.log(JSON.stringify({model: path.basename(modelPath), way: options.way, release: llama.llamaCppRelease.release, streams, tokens, seconds}));
process.exit(0); // its destructors take seconds

/** N evaluations at once in one context. */
async function apiWay() {
    if (options.way !== "api") {
        return null;
    }

    const context = await model.createContext({
        sequences: streams,
        contextSize,
        batchSize: Math.max(PromptRows, streams),
        threads,
        flashAttention: "auto",
        ignoreMemorySafetyChecks: true,
    });
    return async (count, length) => {
        const sequences = Array.from({length: count}, () => context.getSequence());
        const drawn = await Promise.all(sequences.map((sequence) => evaluate(sequence, length)));
        sequences.forEach((sequence) => sequence.dispose());
        return drawn.reduce((sum, value) => sum + value, 0);
    };
}

async function evaluate(sequence, length) {
    let drawn = 0;
    for await (const _ of sequence.evaluate([...randomTokens(prompt)], {temperature: 0, yieldEogToken: true})) {
        if (++drawn === length) {
            break;
        }
    }

    return drawn;
}

/** Batches by hand. */
async function bareWay(count, length) {
    const context = new llama._bindings.AddonContext(model._model, {
        contextSize: contextSize * count,
        batchSize: Math.max(PromptRows, count),
        sequences: count,
        flashAttention: "auto",
        threads,
    });
    await context.init();
    const sampler = new llama._bindings.AddonSampler(model._model);
    sampler.applyConfig({temperature: 0});
    const next = await readPrompts(context, sampler, count);
    for (let step = 1; step < length; step++) {
        context.initBatch(count);
        const rows = next.map((token, sequence) => context.addToBatch(sequence, prompt + step - 1, Uint32Array.of(token), Uint32Array.of(0))[0]);
        await context.decodeBatch();
        for (let sequence = 0; sequence < count; sequence++) {
            next[sequence] = await context.sampleToken(rows[sequence], sampler);
        }
    }

    sampler.dispose();
    await context.dispose();
    return count * length;
}

/** The first token after each prompt. */
async function readPrompts(context, sampler, count) {
    const prompts = Array.from({length: count}, () => randomTokens(prompt));
    const next = new Array(count);
    for (let [sequence, position] = [0, 0]; sequence < count;) {
        const ends = [];
        context.initBatch(Math.min(PromptRows, (count - sequence) * prompt - position));
        for (let left = PromptRows; left > 0 && sequence < count;) {
            const rows = Math.min(left, prompt - position);
            const last = position + rows === prompt;
            const [row] = context.addToBatch(sequence, position, prompts[sequence].subarray(position, position + rows), last ? Uint32Array.of(rows - 1) : new Uint32Array());
            if (last) {
                ends.push([sequence, row]);
            }

            [sequence, position, left] = last ? [sequence + 1, 0, left - rows] : [sequence, position + rows, left - rows];
        }

        await context.decodeBatch();
        for (const [ended, row] of ends) {
            next[ended] = await context.sampleToken(row, sampler);
        }
    }

    return next;
}

function randomTokens(length) {
    return Uint32Array.from({length}, () => randomInt(size));
}
