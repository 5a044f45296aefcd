// Starts `sputnik serve` twice, with a real model and one that always makes two calls, runs every client's tests against it, and ends it as a service manager does.
//
//   npm ci && node run.mjs [FILE.test.mjs…]
//
// The last lines count the tests, in the form that .ci/run adds up.

import {execFileSync, spawn} from "node:child_process";
import {randomBytes} from "node:crypto";
import {once} from "node:events";
import {cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync} from "node:fs";
import os from "node:os";
import path from "node:path";
import {createInterface} from "node:readline";
import {run} from "node:test";
import {spec} from "node:test/reporters";
import {fileURLToPath} from "node:url";
import {writeTwoCalls} from "./twocalls.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.join(here, "../..");
const program = process.env.SPUTNIK ?? path.join(root, "artifacts/bin/Sputnik.Cli/release/sputnik");

const folder = mkdtempSync(path.join(os.tmpdir(), "sputnik-contract-"));
let failed = 0;
try {
    failed = await main();
} finally {
    rmSync(folder, {recursive: true});
}

process.exitCode = failed === 0 ? 0 : 1;

async function main() {
    if (!existsSync(program)) {
        throw new Error(`'${program}' is not there; build it first: dotnet build -c Release`);
    }

    const key = `sk-${randomBytes(24).toString("hex")}`;
    const store = path.join(folder, "server.db");
    const made = (name, ...options) => execFileSync(program, ["keys", "add", name, "--store", store, ...options], {encoding: "utf8", stdio: "pipe"}).trim();
    Object.assign(process.env, {SPUTNIK_KEY: key, SPUTNIK_READER_KEY: made("reader", "--scope", "models"), SPUTNIK_DAILY_KEY: made("daily", "--rpd", "1")});
    const [server, ready] = await serve(toolModel(), key, store);
    const [second, two] = await serve(twoCallsModel(), key, path.join(folder, "two.db"));
    Object.assign(process.env, {SPUTNIK_URL: ready.url, SPUTNIK_MODEL: ready.model, SPUTNIK_CONTEXT: `${ready.context}`});
    Object.assign(process.env, {SPUTNIK_TWO_CALLS_URL: two.url, SPUTNIK_TWO_CALLS_MODEL: two.model});

    const probe = await fetch(new URL("/readyz", ready.url));
    const counts = {succeeded: 0, failed: 0, skipped: 0};
    if (probe.status === 200) {
        await test(counts);
    } else {
        console.log(`/readyz answered ${probe.status} after the server had said that it listens.`);
        counts.failed++;
    }

    for (const one of [server, second]) {
        one.process.kill("SIGTERM");
        const [code, signal] = await one.ended;
        if (code !== 0) {
            console.log(`The server ended with ${code ?? signal} after SIGTERM; 0 would be right.`);
            counts.failed++;
        }
    }

    for (const [name, count] of Object.entries(counts)) {
        console.log(`  ${name}: ${count}`);
    }

    return counts.failed;
}

async function serve(model, key, store) {
    const server = spawn(program, [
        "serve", "--model", model, "--port", "0", "--json", "--threads", "1", "--api-key", key, "--store", store,
    ], {stdio: ["ignore", "pipe", "inherit"]});
    const ended = once(server, "exit");
    return [{process: server, ended}, await firstLine(server, ended)];
}

function twoCallsModel() {
    const written = path.join(folder, "two-calls");
    writeTwoCalls(written, path.join(root, "models/sputnik-zero"), path.join(here, "chat_template.jinja"));
    return written;
}

// The small model has 320 positions, which the description of a function fills, and its template knows no functions. Rotary
// positions have no end, so a copy is told of more, and given a template that tells of functions; all else is rendered as before.
function toolModel() {
    const copy = path.join(folder, "sputnik-zero");
    cpSync(path.join(root, "models/sputnik-zero"), copy, {recursive: true});
    const file = path.join(copy, "config.json");
    const config = JSON.parse(readFileSync(file, "utf8"));
    writeFileSync(file, JSON.stringify({...config, max_position_embeddings: 4096}));
    cpSync(path.join(here, "chat_template.jinja"), path.join(copy, "chat_template.jinja"));
    return copy;
}

async function firstLine(server, ended) {
    const line = once(createInterface(server.stdout), "line").then(([text]) => text);
    const first = await Promise.race([line, ended.then(([code, signal]) => {
        throw new Error(`The server ended with ${code ?? signal} before it listened.`);
    })]);
    return JSON.parse(first);
}

function test(counts) {
    const asked = process.argv.slice(2);
    const files = (asked.length > 0 ? asked : readdirSync(here).filter((name) => name.endsWith(".test.mjs"))).map((name) => path.join(here, name));
    // One file at a time: they look at counters of the one server.
    const events = run({files, concurrency: 1, timeout: 120_000});
    events.on("test:pass", (event) => count(counts, event, "succeeded"));
    events.on("test:fail", (event) => count(counts, event, "failed"));
    const report = events.compose(spec);
    report.pipe(process.stdout, {end: false});
    return once(report, "end");
}

function count(counts, event, how) {
    if (event.details.type !== "suite") {
        counts[event.skip !== undefined ? "skipped" : how]++;
    }
}
