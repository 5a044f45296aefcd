// The same GGUF file through llama.cpp and through Sputnik, in alternation; prints a table of ratios.
//
//   node run.mjs MODEL.gguf [--ours COMMAND] [--first COMMAND] [--rounds 5] [-p 512] [-n 128] [-b 1,4,8,16] [-t 1,2] [-r 3] [--json FILE]

import {spawnSync} from "node:child_process";
import {existsSync, writeFileSync} from "node:fs";
import os from "node:os";
import path from "node:path";
import {fileURLToPath} from "node:url";
import {parseArgs} from "node:util";

const here = path.dirname(fileURLToPath(import.meta.url));
const program = path.join(here, "../../artifacts/bin/Sputnik.Cli/release/sputnik");
const {values: options, positionals} = parseArgs({
    allowPositionals: true,
    options: {
        ours: {type: "string", default: `${program} bench`},
        first: {type: "string", default: `${program} run --model {model} --threads {threads} --max-tokens 1 --temperature 0 Hello`},
        rounds: {type: "string", default: "5"},
        prompt: {type: "string", short: "p", default: "512"},
        new: {type: "string", short: "n", default: "128"},
        batch: {type: "string", short: "b", default: "1,4,8,16"},
        threads: {type: "string", short: "t", default: "1,2"},
        repetitions: {type: "string", short: "r", default: "3"},
        json: {type: "string"},
    },
});
if (positionals.length !== 1) {
    fail(`run.mjs takes one model file, got ${positionals.length}: node run.mjs MODEL.gguf`);
}

const model = path.resolve(positionals[0]);
if (!existsSync(model)) {
    fail(`'${model}' is not there.`);
}

if (!existsSync(path.join(here, "node_modules/node-llama-cpp"))) {
    fail(`node-llama-cpp is not installed; run 'npm ci' in ${here}.`);
}

const threads = options.threads.split(",");
const rounds = Number(options.rounds);
if (!Number.isInteger(rounds) || rounds < 1) {
    fail(`--rounds takes a whole number from 1, got '${options.rounds}'.`);
}

const peer = {
    name: "llama.cpp",
    bench: (count) => [process.execPath, path.join(here, "llama.mjs"), ...benchArguments(count)],
    first: (count) => options.first === "" ? null : [process.execPath, path.join(here, "llama.mjs"), model, "--first", "Hello", "-t", count],
};
const ours = {
    name: "ours",
    bench: (count) => [...words(options.ours), ...benchArguments(count)],
    first: (count) => options.first === "" ? null : words(options.first).map((word) => word === "{model}" ? model : word === "{threads}" ? count : word),
};

const table = new Map();
let engine = null;
for (let round = 0; round < rounds; round++) {
    // Who goes first changes each round: a machine that slows down or warms up favours nobody.
    for (const side of round % 2 === 0 ? [peer, ours] : [ours, peer]) {
        for (const count of threads) {
            process.stderr.write(`round ${round + 1} of ${rounds}: ${side.name}, ${count} threads\n`);
            take(side, round, count);
        }
    }
}

print();

function benchArguments(count) {
    return [model, "-p", options.prompt, "-n", options.new, "-b", options.batch, "-t", count, "-r", options.repetitions, "--json"];
}

function words(command) {
    return command.split(/\s+/).filter((word) => word !== "");
}

/** One side's measurements of one round, into the table. */
function take(side, round, count) {
    const [report] = [JSON.parse(run(side.bench(count)))].flat();
    engine ??= report.engine ?? null;
    for (const result of report.results) {
        put(result.test, result.batch ?? null, count, side, round, result.tokensPerSecond);
    }

    const first = side.first(count);
    if (first !== null) {
        const start = performance.now();
        const printed = run(first);
        const seconds = (performance.now() - start) / 1000;
        put("first token", null, count, side, round, side === peer ? JSON.parse(printed).seconds : seconds);
    }
}

function put(test, batch, count, side, round, value) {
    if (!(Number.isFinite(value) && value > 0)) {
        fail(`${side.name} says ${value} for ${test}, which is no measurement.`);
    }

    const key = JSON.stringify([test, batch, count]);
    if (!table.has(key)) {
        table.set(key, {test, batch, threads: Number(count), [peer.name]: [], [ours.name]: []});
    }

    table.get(key)[side.name][round] = value;
}

/** What a command printed; what it complained goes to the terminal only if it failed. */
function run([command, ...rest]) {
    const done = spawnSync(command, rest, {encoding: "utf8", maxBuffer: 64 << 20});
    if (done.error !== undefined || done.status !== 0) {
        fail(`'${[command, ...rest].join(" ")}' failed: ${done.error?.message ?? `exit code ${done.status}\n${done.stderr}`}`);
    }

    return done.stdout;
}

function print() {
    const rows = [...table.values()].map((row) => {
        const [theirs, mine] = [row[peer.name].filter(Number.isFinite), row[ours.name].filter(Number.isFinite)];
        if (theirs.length !== rounds || mine.length !== rounds) {
            return {...row, ratio: null};
        }

        // Pairs of one round share the state of the machine; a time is turned over, so that more than 1 is always better.
        const ratios = mine.map((value, i) => row.test === "first token" ? theirs[i] / value : value / theirs[i]);
        return {...row, ratio: median(ratios), least: Math.min(...ratios), most: Math.max(...ratios)};
    });
    const head = {
        model: path.basename(model),
        machine: `${os.cpus()[0].model.trim()}, ${os.cpus().length} logical CPUs`,
        load: os.loadavg().map((value) => value.toFixed(2)).join(" "),
        engine,
    };
    console.log([
        `${head.model}; ${head.machine}; load average ${head.load}`,
        engine === null ? "" : `${engine.release}; ${engine.library}; repacked: ${engine.repacked}; cache: ${engine.cache}\n${engine.system}`,
        "",
        `| test | batch | threads | ${peer.name} | ${ours.name} | ours ÷ llama.cpp | least – most |`,
        "|---|---:|---:|---:|---:|---:|---:|",
        ...rows.map(line),
        "",
        `Tokens per second, medians of ${rounds} alternations; first token: seconds, see README.md. A ratio above 1: ours is faster.`,
    ].join("\n"));
    if (options.json !== undefined) {
        writeFileSync(options.json, JSON.stringify({...head, rounds, rows}, null, 2) + "\n");
    }
}

function line(row) {
    const value = (side) => {
        const found = row[side.name].filter(Number.isFinite);
        return found.length === 0 ? "–" : row.test === "first token" ? `${median(found).toFixed(3)} s` : figures(median(found));
    };
    const ratio = row.ratio === null ? "– | –" : `${row.ratio.toFixed(3)} | ${row.least.toFixed(3)} – ${row.most.toFixed(3)}`;
    return `| ${row.test} | ${row.batch ?? ""} | ${row.threads} | ${value(peer)} | ${value(ours)} | ${ratio} |`;
}

function figures(value) {
    return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}

function median(values) {
    const sorted = values.toSorted((a, b) => a - b);
    const middle = sorted.length >> 1;
    return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

function fail(message) {
    console.error(`run.mjs: ${message}`);
    process.exit(2);
}
