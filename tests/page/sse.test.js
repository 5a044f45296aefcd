import assert from 'node:assert/strict';
import { test } from 'node:test';
import { events, SseParser } from '../../src/Sputnik.Server/wwwroot/js/api/sse.js';

const all = (parts) => {
  const parser = new SseParser();
  return parts.flatMap((part) => parser.push(part)).map(({ data }) => data);
};

test('a stream cut anywhere yields the same events', () => {
  const stream = ': ping\r\n\r\ndata: {"a":1}\r\n\r\ndata: one\ndata: two\n\nevent: x\ndata:three\r\rdata: [DONE]\n\n';
  for (let cut = 0; cut <= stream.length; cut++) {
    assert.deepEqual(all([stream.slice(0, cut), stream.slice(cut)]), ['{"a":1}', 'one\ntwo', 'three', '[DONE]']);
  }
});

test('an event that is not ended by a blank line is not an event', () => {
  assert.deepEqual(all(['data: half\n']), []);
});

test('the name of an event is kept, and does not outlive it', () => {
  const parser = new SseParser();

  const [named, plain] = parser.push('event: error\ndata: x\n\ndata: y\n\n');

  assert.equal(named.event, 'error');
  assert.equal(plain.event, 'message');
});

test('a line without end is refused', () => {
  const parser = new SseParser();

  assert.throws(() => { for (let i = 0; i < 5; i++) { parser.push('x'.repeat(1024 * 1024)); } }, RangeError);
});

test('a letter of several bytes may be cut in two', async () => {
  const bytes = new TextEncoder().encode('data: π ≈ 3\n\n');
  const body = new ReadableStream({ start(controller) { for (const byte of bytes) { controller.enqueue(Uint8Array.of(byte)); } controller.close(); } });

  const read = [];
  for await (const { data } of events(body)) { read.push(data); }

  assert.deepEqual(read, ['π ≈ 3']);
});
