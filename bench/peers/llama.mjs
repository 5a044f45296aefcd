// One run of llama.cpp on a GGUF file: what `sputnik bench` measures, printed in the shape that it prints.
//
//   node llama.mjs MODEL.gguf [-p 512] [-n 128] [-b 1,4,8,16] [-t 1,2] [-r 3]     measurements as JSON
//   node llama.mjs MODEL.gguf --first TEXT [-t 2]                                 seconds from a closed file to one token
//
// What is timed is llama_decode alone, as llama-bench does: random tokens, no sampling, logits of the last row only.
// The public API of node-llama-cpp samples after each step; its bindings do not, so the context's binding is used.

import {randomInt} from "node:crypto";
import path from "node:path";
import {parseArgs} from "node:util";
import {getLlama, LlamaLogLevel} from "node-llama-cpp";

const {values: options, positionals} = parseArgs({
    allowPositionals: true,
    options: {
        prompt: {type: "string", short: "p", default: "512"},
        new: {type: "string", short: "n", default: "128"},
        batch: {type: "string", short: "b", default: "1,4,8,16"},
        threads: {type: "string", short: "t", default: "1"},
        repeat: {type: "string", short: "r", default: "3"},
        first: {type: "string"},
        json: {type: "boolean"}, // always on; accepted because sputnik bench takes it
    },
});
if (positionals.length !== 1) {
    throw new Error(`llama.mjs takes one model file, got ${positionals.length}.`);
}

const [modelPath] = positionals;
const wholeNumbers = (name) => options[name].split(",").map((text) => {
    const value = Number(text);
    if (!Number.isInteger(value) || value < 1) {
        throw new Error(`--${name} takes whole numbers from 1, got '${text}'.`);
    }

    return value;
});
const [prompt] = wholeNumbers("prompt");
const [generated] = wholeNumbers("new");
const [repeats] = wholeNumbers("repeat");
const batches = wholeNumbers("batch");
const threads = wholeNumbers("threads");

const log = [];
const llama = await getLlama({
    gpu: false,
    build: "never",
    progressLogs: false,
    logLevel: LlamaLogLevel.debug,
    logger: (_, message) => log.push(message.trim()),
    maxThreads: Math.max(...threads),
});
const model = options.first === undefined ? await llama.loadModel({modelPath, gpuLayers: 0, ignoreMemorySafetyChecks: true}) : null;
if (model === null) {
    console.log(JSON.stringify({seconds: await firstToken(options.first, threads[0])}));
} else {
    const runs = [];
    for (const count of threads) {
        runs.push(await measure(count));
    }

    console.log(JSON.stringify(runs.length === 1 ? runs[0] : runs, null, 2));
}

await llama.dispose();

/** All tests at one number of threads. */
async function measure(count) {
    const results = [await sampled(`pp${prompt}`, null, 1, prompt, count, prefill)];
    for (const batch of batches) {
        results.push(await sampled(`tg${generated}`, batch, batch, generated, count, decode));
    }

    return {model: path.basename(modelPath), threads: count, engine: engine(), results};
}

/** Tokens per second of one test in a context of its own: once to warm up, then `repeats` times. */
async function sampled(test, batch, sequences, length, count, work) {
    const binding = await openContext(model._model, sequences, length, count);
    const samples = [];
    for (let i = 0; i <= repeats; i++) {
        const milliseconds = await work(binding, sequences, length);
        if (i > 0) {
            samples.push(sequences * length * 1000 / milliseconds);
        }

        for (let sequence = 0; sequence < sequences; sequence++) {
            binding.disposeSequence(sequence);
        }
    }

    await binding.dispose();
    return {test, ...batch === null ? {} : {batch}, tokensPerSecond: median(samples), samples};
}

/** Room for `length` tokens of each sequence. Flash attention is llama.cpp's to decide, as in its own programs. */
async function openContext(addonModel, sequences, length, count) {
    const rows = Math.ceil(length / 256) * 256; // llama.cpp's own step
    const context = new llama._bindings.AddonContext(addonModel, {
        contextSize: rows * sequences,
        batchSize: Math.max(length, sequences),
        sequences,
        flashAttention: "auto",
        threads: count,
    });
    if (!await context.init()) {
        throw new Error(`llama.cpp makes no context of ${sequences} × ${rows} tokens.`);
    }

    return context;
}

/** One batch of `length` rows of one sequence; milliseconds. */
async function prefill(binding, _, length) {
    const tokens = randomTokens(length);
    const start = performance.now();
    binding.initBatch(length);
    binding.addToBatch(0, 0, tokens, Uint32Array.of(length - 1));
    await binding.decodeBatch();
    return performance.now() - start;
}

/** `length` steps from an empty cache, each with one row of every sequence; milliseconds. */
async function decode(binding, sequences, length) {
    const tokens = randomTokens(sequences * length);
    const last = Uint32Array.of(0);
    const start = performance.now();
    for (let step = 0; step < length; step++) {
        binding.initBatch(sequences);
        for (let sequence = 0; sequence < sequences; sequence++) {
            const at = step * sequences + sequence;
            binding.addToBatch(sequence, step, tokens.subarray(at, at + 1), last);
        }

        await binding.decodeBatch();
    }

    return performance.now() - start;
}

/** Seconds from a closed file to the first token, in llama.cpp alone: the package's own reading of the file is left out. */
async function firstToken(text, count) {
    const bindings = llama._bindings;
    const start = performance.now();
    const loaded = new bindings.AddonModel(modelPath, {addonExports: bindings, gpuLayers: 0, useMmap: true});
    if (!await loaded.init()) {
        throw new Error(`llama.cpp does not load '${modelPath}'.`);
    }

    const tokens = loaded.tokenize(text, false);
    const context = await openContext(loaded, 1, 512, count);
    context.initBatch(tokens.length);
    const [last] = context.addToBatch(0, 0, tokens, Uint32Array.of(tokens.length - 1));
    await context.decodeBatch();
    const sampler = new bindings.AddonSampler(loaded);
    sampler.applyConfig({temperature: 0});
    await context.sampleToken(last, sampler);
    const seconds = (performance.now() - start) / 1000;
    sampler.dispose();
    await context.dispose();
    await loaded.dispose();
    return seconds;
}

// The timing does not depend on which tokens, but a mixture-of-experts model needs a mixture.
function randomTokens(length) {
    const size = model.fileInfo.architectureMetadata?.vocab_size ?? model.fileInfo.metadata.tokenizer.ggml.tokens.length;
    return Uint32Array.from({length}, () => randomInt(size));
}

/** What the measured code is: the version, the library picked for this CPU, its switches, repacked weights and the cache. */
function engine() {
    const seen = (pattern) => log.map((line) => pattern.exec(line)?.[1]).findLast((found) => found !== undefined);
    const find = (pattern) => seen(pattern) ?? "unknown";
    const flash = seen(/Flash Attention\b.*\b(enabled|disabled)/i) ?? find(/flash_attn\s*= (\w+)/);
    const repacked = [...new Set(log.map((line) => /repack tensor \S+ with (\S+)/.exec(line)?.[1]).filter(Boolean))];
    return {
        release: `llama.cpp ${llama.llamaCppRelease.release} (${llama.buildType}, in node-llama-cpp)`,
        library: path.basename(find(/loaded CPU backend from (\S+)/)),
        system: llama.systemInfo.trim(),
        repacked: repacked.length > 0 ? repacked.join(", ") : "none",
        cache: `K ${find(/ K \((\w+)\)/)}, V ${find(/ V \((\w+)\)/)}, flash attention ${flash}`,
    };
}

function median(values) {
    const sorted = values.toSorted((a, b) => a - b);
    const middle = sorted.length >> 1;
    return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
