// Tokens per second of N clients at once: Sputnik's server over HTTP, and llama.cpp on the same file, in alternation.
//
//   node serve.mjs MODEL.gguf [--streams 8,16] [--rounds 5] [-p 128] [-n 128] [-t 2] [--ways api,bare] [--least 1.2] [--json FILE]
//
// Exits with 1 where the ratio to node-llama-cpp's batching (the first of --ways) is below --least.

import {spawn, spawnSync} from "node:child_process";
import {randomInt} from "node:crypto";
import {existsSync, mkdtempSync, rmSync, writeFileSync} from "node:fs";
import os from "node:os";
import path from "node:path";
import {createInterface} from "node:readline";
import {fileURLToPath} from "node:url";
import {parseArgs} from "node:util";

const here = path.dirname(fileURLToPath(import.meta.url));
const {values: options, positionals} = parseArgs({
    allowPositionals: true,
    options: {
        ours: {type: "string", default: path.join(here, "../../artifacts/bin/Sputnik.Cli/release/sputnik")},
        streams: {type: "string", default: "8,16"},
        rounds: {type: "string", default: "5"},
        prompt: {type: "string", short: "p", default: "128"},
        new: {type: "string", short: "n", default: "128"},
        threads: {type: "string", short: "t", default: String(os.cpus().length)},
        ways: {type: "string", default: "api,bare"},
        least: {type: "string", default: "1.2"},
        json: {type: "string"},
    },
});
if (positionals.length !== 1 || !existsSync(positionals[0])) {
    fail("takes one model file: node serve.mjs MODEL.gguf");
}

const model = path.resolve(positionals[0]);
const [rounds, prompt, generated] = [options.rounds, options.prompt, options.new].map(Number);
const ways = options.ways.split(",");
const folder = mkdtempSync(path.join(os.tmpdir(), "sputnik-serve-"));
const rows = [];
try {
    for (const streams of options.streams.split(",").map(Number)) {
        rows.push(await compare(streams));
    }
} finally {
    rmSync(folder, {recursive: true});
}

print();

/** All rounds at one number of streams. Who goes first changes each round. */
async function compare(streams) {
    const row = {streams, ours: [], ...Object.fromEntries(ways.map((way) => [way, []]))};
    for (let round = 0; round < rounds; round++) {
        const sides = ["ours", ...ways];
        for (const side of round % 2 === 0 ? sides : sides.reverse()) {
            const rate = side === "ours" ? await ours(streams) : theirs(streams, side);
            process.stderr.write(`${streams} streams, round ${round + 1} of ${rounds}: ${side} ${rate.toFixed(1)} tokens/s\n`);
            row[side].push(rate);
        }
    }

    return row;
}

function theirs(streams, way) {
    const done = spawnSync(process.execPath, [path.join(here, "batch.mjs"), model, "-s", streams, "-p", prompt, "-n", generated, "-t", options.threads, "--way", way].map(String), {encoding: "utf8"});
    if (done.status !== 0) {
        fail(`batch.mjs failed: ${done.stderr}`);
    }

    const {tokens, seconds} = JSON.parse(done.stdout);
    return tokens / seconds;
}

/** A server of its own, which ends with the measurement: nothing of it is in llama.cpp's way. */
async function ours(streams) {
    const args = ["serve", "--model", model, "--port", "0", "--json", "--no-page", "--store", path.join(folder, "server.db"), "--threads", options.threads,
        "--context", String(Math.ceil((prompt + generated) / 256) * 256), "--parallel", String(streams), "--queue", String(streams), "--queue-per-key", String(streams)];
    const server = spawn(options.ours, args, {stdio: ["ignore", "pipe", "inherit"]});
    const ended = new Promise((resolve) => server.once("exit", resolve));
    try {
        const url = await ready(server);
        const {n_vocab: size} = await (await fetch(new URL("/props", url))).json();
        await ask(url, size, 8);
        const start = performance.now();
        const tokens = await Promise.all(Array.from({length: streams}, () => ask(url, size, generated)));
        const seconds = (performance.now() - start) / 1000;
        if (tokens.some((count) => count !== generated)) {
            process.stderr.write(`some answers ended early: ${tokens}\n`);
        }

        return tokens.reduce((sum, value) => sum + value, 0) / seconds;
    } finally {
        server.kill("SIGTERM");
        await ended;
    }
}

/** Where it listens. */
async function ready(server) {
    for await (const line of createInterface({input: server.stdout})) {
        return JSON.parse(line).url;
    }

    fail("the server ended before it listened.");
}

/** One streamed answer; its tokens. */
async function ask(url, size, length) {
    const response = await fetch(new URL("/v1/completions", url), {
        method: "POST",
        headers: {"content-type": "application/json"},
        body: JSON.stringify({
            prompt: Array.from({length: prompt}, () => randomInt(size)),
            max_tokens: length,
            temperature: 0,
            ignore_eos: true,
            stream: true,
            stream_options: {include_usage: true},
        }),
    });
    if (!response.ok) {
        fail(`the server answers ${response.status}: ${await response.text()}`);
    }

    let [tokens, rest] = [null, ""];
    const decoder = new TextDecoder();
    for await (const bytes of response.body) {
        const lines = (rest + decoder.decode(bytes, {stream: true})).split("\n");
        rest = lines.pop();
        for (const line of lines.filter((text) => text.startsWith("data: {"))) {
            tokens = JSON.parse(line.slice("data: ".length)).usage?.completion_tokens ?? tokens;
        }
    }

    return tokens ?? fail("an answer came without its usage.");
}

function print() {
    const head = `${path.basename(model)}; ${os.cpus()[0].model.trim()}, ${options.threads} threads; load average ${os.loadavg().map((value) => value.toFixed(2)).join(" ")}; ${prompt} + ${generated} tokens a stream`;
    const ratios = (row, way) => row.ours.map((value, i) => value / row[way][i]);
    console.log([
        head, "",
        `| streams | ours | ${ways.map((way) => `llama.cpp, ${way} | ours ÷ ${way} | least – most`).join(" | ")} |`,
        `|---:|---:|${ways.map(() => "---:|---:|---:|").join("")}`,
        ...rows.map((row) => `| ${row.streams} | ${median(row.ours).toFixed(1)} | ${ways.map((way) => {
            const all = ratios(row, way);
            return `${median(row[way]).toFixed(1)} | ${median(all).toFixed(3)} | ${Math.min(...all).toFixed(3)} – ${Math.max(...all).toFixed(3)}`;
        }).join(" | ")} |`),
        "", `Tokens per second of all streams together, prompts included in the time, medians of ${rounds} alternations.`,
    ].join("\n"));
    if (options.json !== undefined) {
        writeFileSync(options.json, JSON.stringify({head, rounds, rows}, null, 2) + "\n");
    }

    process.exitCode = rows.every((row) => median(ratios(row, ways[0])) >= Number(options.least)) ? 0 : 1;
}

function median(values) {
    const sorted = values.toSorted((a, b) => a - b);
    const middle = sorted.length >> 1;
    return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

function fail(message) {
    console.error(`serve.mjs: ${message}`);
    process.exit(2);
}
