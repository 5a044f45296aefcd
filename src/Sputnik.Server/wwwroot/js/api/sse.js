/** Longest line of a stream: one chunk of a completion is far below it, and a server that never ends a line must not fill the memory. */
const LONGEST_LINE = 4 * 1024 * 1024;

/** Server-sent events out of text that may be cut anywhere; comments (`: ping`) are dropped. */
export class SseParser {
  #rest = '';
  #data = [];
  #event = '';

  /** The events that `text` completes, as `{ event, data }`. */
  push(text) {
    this.#rest += text;
    const events = [];
    for (;;) {
      const end = this.#lineEnd();
      if (end === null) { break; }
      this.#line(this.#rest.slice(0, end.at), events);
      this.#rest = this.#rest.slice(end.next);
    }
    if (this.#rest.length > LONGEST_LINE) {
      throw new RangeError(`A line of the stream is longer than ${LONGEST_LINE} characters.`);
    }
    return events;
  }

  /** Where the first line ends: at \n, \r\n or \r. A \r at the very end may be half of \r\n, so it waits. */
  #lineEnd() {
    const at = this.#rest.search(/[\r\n]/);
    if (at < 0) { return null; }
    if (this.#rest[at] === '\n') { return { at, next: at + 1 }; }
    if (at + 1 === this.#rest.length) { return null; }
    return { at, next: this.#rest[at + 1] === '\n' ? at + 2 : at + 1 };
  }

  #line(line, events) {
    if (line === '') {
      if (this.#data.length > 0) {
        events.push({ event: this.#event || 'message', data: this.#data.join('\n') });
      }
      this.#data = [];
      this.#event = '';
      return;
    }
    const colon = line.indexOf(':');
    if (colon === 0) { return; }
    const field = colon < 0 ? line : line.slice(0, colon);
    let value = colon < 0 ? '' : line.slice(colon + 1);
    if (value.startsWith(' ')) { value = value.slice(1); }
    if (field === 'data') { this.#data.push(value); }
    if (field === 'event') { this.#event = value; }
  }
}

/** The events of a response body, as they arrive. */
export async function* events(body) {
  const parser = new SseParser();
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) { return; }
      yield* parser.push(value);
    }
  } finally {
    await reader.cancel().catch(() => undefined); // the connection may be gone already, which is what cancel is for
  }
}
