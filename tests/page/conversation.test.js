import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chunkOf, deltas } from '../../src/Sputnik.Server/wwwroot/js/api/completion.js';
import { Conversation } from '../../src/Sputnik.Server/wwwroot/js/chat/conversation.js';
import { contextTokens, saved } from '../../src/Sputnik.Server/wwwroot/js/chat/meter.js';
import { compose } from '../../src/Sputnik.Server/wwwroot/js/chat/presets.js';
import { speed, thinkingSeconds } from '../../src/Sputnik.Server/wwwroot/js/chat/turn.js';
import { place } from '../../src/Sputnik.Server/wwwroot/js/page/router.js';
import { by, total } from '../../src/Sputnik.Server/wwwroot/js/usage/ledger.js';

const usage = { prompt_tokens: 10, completion_tokens: 5, completion_tokens_details: { reasoning_tokens: 3 } };

/** A conversation whose model says what it is given, and whose clock goes a second at each look. */
function talk(script) {
  const asked = [];
  const kept = [];
  let now = 0;
  const complete = async function* (request) {
    asked.push(request);
    yield { kind: 'start', id: `c${asked.length}`, model: 'm' };
    yield* script(asked.length);
  };
  const conversation = new Conversation({}, { api: { complete }, save: async (stored) => kept.push(structuredClone(stored)), now: () => (now += 1000) });
  return { conversation, asked, kept };
}

const answer = (n) => [
  { kind: 'reasoning', text: 'hm' }, { kind: 'content', text: `answer ${n}` }, { kind: 'finish', reason: 'stop' }, { kind: 'usage', usage, timings: null },
];

test('a question is answered, kept, and its thinking is not sent again', async () => {
  const { conversation, asked, kept } = talk(answer);

  await conversation.ask('first', [], 'm');
  await conversation.ask('second', [], 'm');

  assert.deepEqual(asked[1].messages, [{ role: 'user', content: 'first' }, { role: 'assistant', content: 'answer 1' }, { role: 'user', content: 'second' }]);
  assert.equal(kept.at(-1).messages.length, 4);
  assert.equal(kept.at(-1).messages[1].state, 'done');
  assert.equal(conversation.title, 'first');
});

test('an answer drawn again stands beside the first, and an edited question begins a branch', async () => {
  const { conversation, asked } = talk(answer);
  await conversation.ask('first', [], 'm');

  await conversation.retry(conversation.path[1].id, 'm');
  await conversation.edit(conversation.path[0].id, 'other', 'm');

  assert.deepEqual(asked.map(({ messages }) => messages.map(({ content }) => content)), [['first'], ['first'], ['other']]);
  assert.deepEqual(conversation.path.map(({ text }) => text), ['other', 'answer 3']);
  assert.equal(conversation.tree.size, 5);
});

test('an answer that fails says why and keeps what was written', async () => {
  const { conversation } = talk(function* () { yield { kind: 'content', text: 'half' }; throw new Error('pages ran out'); });

  await conversation.ask('first', [], 'm');

  assert.deepEqual([conversation.path[1].state, conversation.path[1].text, conversation.path[1].error.message], ['failed', 'half', 'pages ran out']);
  assert.equal(conversation.growing, null);
});

test('an answer the page was closed on is stopped when it is opened again', async () => {
  const stored = { id: 'c', messages: [{ id: 'q', parent: '', role: 'user', text: 'x' }, { id: 'a', parent: 'q', role: 'assistant', state: 'thinking', text: '', reasoning: 'hm' }] };

  const conversation = new Conversation(stored, { api: {}, save: async () => undefined });

  assert.equal(conversation.path[1].state, 'stopped');
});

test('thinking is timed and speed is tokens after the first', async () => {
  const { conversation } = talk(answer);

  await conversation.ask('first', [], 'm');

  const message = conversation.path[1];
  assert.ok(thinkingSeconds(message, 0) > 0);
  assert.equal(speed(message, 0), 4 / (message.totalMs / 1000));
});

test('the context leaves out the thinking, and money counts every branch', async () => {
  const { conversation } = talk(answer);
  await conversation.ask('first', [], 'm');
  await conversation.retry(conversation.path[1].id, 'm');

  assert.equal(contextTokens(conversation.path), 12);
  assert.equal(saved(conversation.tree.toJSON().messages, { prompt: 1e6, completion: 2e6 }), 40);
});

test('files and pages are given in the forms R1 knows', () => {
  const page = compose('Why?', [{ kind: 'page', name: 'A\nb', text: 'because' }, { kind: 'file', name: 'f.txt', text: 'x' }], 0);

  assert.ok(page.startsWith('[file name]: f.txt\n[file content begin]\nx\n[file content end]\n'));
  assert.ok(page.includes('[webpage 1 begin]\nA b\nbecause\n[webpage 1 end]'));
  assert.ok(page.includes('1970-01-01') && page.endsWith('\nWhy?'));
  assert.equal(compose('Why?'), 'Why?');
});

test('chunks are read whichever name they give to thinking', () => {
  const kinds = (chunk) => [...deltas(chunkOf(JSON.stringify(chunk)))].map(({ kind, text }) => [kind, text]);

  assert.deepEqual(kinds({ choices: [{ delta: { reasoning_content: 'a', reasoning: 'a', content: 'b' } }] }), [['reasoning', 'a'], ['content', 'b']]);
  assert.deepEqual(kinds({ choices: [{ delta: { reasoning: 'a' } }] }), [['reasoning', 'a']]);
  assert.deepEqual(kinds({ choices: [], usage: null }), []);
  assert.throws(() => chunkOf('{"error":{"message":"full","code":503}}'), /full/);
  assert.throws(() => chunkOf('[DONE'), /not JSON/);
  assert.throws(() => chunkOf('null'), /not an object/);
});

test('an address leads to a page, and a broken one to the first', () => {
  assert.deepEqual(place('#/c/abc'), { page: 'chat', id: 'abc' });
  assert.deepEqual(place('#/runs/zero%20quick'), { page: 'runs', id: 'zero quick' });
  assert.deepEqual(place('#/%E0%A4%A'), { page: 'chat', id: null });
  assert.deepEqual(place(''), { page: 'chat', id: null });
});

test('the ledger is summed by any of its fields', () => {
  const entries = [
    { day: '1', key: 'a', model: 'm', prompt_tokens: 1, completion_tokens: 2, reasoning_tokens: 1, cpu_hours: 0.5 },
    { day: '2', key: 'a', model: 'm', prompt_tokens: 10, completion_tokens: 20, reasoning_tokens: 10, cpu_hours: null },
  ];

  assert.deepEqual(total(entries), { prompt_tokens: 11, completion_tokens: 22, reasoning_tokens: 11, cpu_hours: 0.5 });
  assert.deepEqual(by(entries, 'day').map(({ name, prompt_tokens }) => [name, prompt_tokens]), [['2', 10], ['1', 1]]);
  assert.equal(by(entries, 'key').length, 1);
});
