import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exported, imported } from '../../src/Sputnik.Server/wwwroot/js/chat/exchange.js';

const conversation = () => ({
  id: 'c1', title: 'Sum', created: 1, updated: 2, settings: { temperature: 0.6 },
  messages: [
    { id: 'q1', parent: '', role: 'user', created: 1, text: '2+2?', attachments: [{ kind: 'file', name: 'a.txt', text: 'x' }] },
    { id: 'a1', parent: 'q1', role: 'assistant', created: 1, text: '4', model: 'm', reasoning: 'hm', state: 'done', finish: 'stop', usage: { prompt_tokens: 1, completion_tokens: 2, completion_tokens_details: { reasoning_tokens: 1 } } },
  ],
  chosen: { '': 'q1', q1: 'a1' },
});

const file = (change) => {
  const one = conversation();
  change(one);
  return exported([one], 0);
};

test('what is exported comes back unchanged', () => {
  assert.deepEqual(imported(exported([conversation()], 0)), [conversation()]);
});

test('what is unknown is dropped, and nothing reaches a prototype', () => {
  const text = exported([conversation()], 0).replace('"title"', '"__proto__": {"polluted": true}, "evil": 1, "title"');

  const [one] = imported(text);

  assert.deepEqual(one, conversation());
  assert.equal({}.polluted, undefined);
});

const refused = {
  'no JSON': ['{', /not JSON/],
  'another format': ['{"format":"x"}', /format/],
  'null': ['null', /format/],
  'a later version': ['{"format":"sputnik-conversations","version":2,"conversations":[]}', /version 2/],
  'no list': ['{"format":"sputnik-conversations","version":1,"conversations":{}}', /conversations is not a list/],
  'a name that is markup': [file((c) => { c.id = '<img src=x>'; }), /conversations\[0\]\.id/],
  'a name that is a prototype': [file((c) => { c.messages[0].id = '__proto__'; }), /messages\[0\]\.id/],
  'a message twice': [file((c) => { c.messages[1].id = 'q1'; }), /twice/],
  'a parent that comes later': [file((c) => { c.messages[0].parent = 'a1'; }), /does not stand before/],
  'a parent that is itself': [file((c) => { c.messages[0].parent = 'q1'; }), /does not stand before/],
  'a system message': [file((c) => { c.messages[0].role = 'system'; }), /role/],
  'a text that is an object': [file((c) => { c.messages[0].text = { toString: 1 }; }), /text is not a text/],
  'a text that is too long': [file((c) => { c.messages[0].text = 'x'.repeat(4 * 1024 * 1024 + 1); }), /longer/],
  'a time no clock shows': [file((c) => { c.created = 1e300; }), /time/],
  'a negative number of tokens': [file((c) => { c.messages[1].usage.prompt_tokens = -1; }), /prompt_tokens/],
  'an attachment of another kind': [file((c) => { c.messages[0].attachments[0].kind = 'image'; }), /kind/],
};

for (const [name, [text, reason]] of Object.entries(refused)) {
  test(`refused: ${name}`, () => {
    assert.throws(() => imported(text), (error) => error instanceof RangeError && reason.test(error.message));
  });
}

test('settings out of their range are left out', () => {
  const [one] = imported(file((c) => { c.settings = { temperature: 9, top_k: 1.5, seed: 7, reasoning_effort: 'enormous', system: 'Be brief.' }; }));

  assert.deepEqual(one.settings, { seed: 7, system: 'Be brief.' });
});
