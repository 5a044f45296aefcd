/** An answer before its first token. */
export function begin(model, now) {
  return { role: 'assistant', model, created: now, state: 'waiting', reasoning: '', text: '', pieces: { reasoning: 0, content: 0 } };
}

/** Still being written. */
export const running = (message) => ['waiting', 'thinking', 'answering'].includes(message.state);

/** Puts one event of a stream (completion.js) into the message it belongs to. `now` is in milliseconds. */
export function apply(message, event, now) {
  if (event.kind === 'start') {
    message.completion = event.id;
    message.model = event.model;
  } else if (event.kind === 'reasoning') {
    if (message.state === 'waiting') { message.state = 'thinking'; }
    message.firstAt ??= now;
    message.reasoning += event.text;
    message.pieces.reasoning += 1;
  } else if (event.kind === 'content') {
    if (message.state === 'thinking') { message.thoughtMs = now - message.firstAt; }
    message.state = 'answering';
    message.firstAt ??= now;
    message.text += event.text;
    message.pieces.content += 1;
  } else if (event.kind === 'finish') {
    message.finish = event.reason;
  } else if (event.kind === 'usage') {
    message.usage = event.usage;
    if (event.timings) { message.timings = event.timings; }
  }
}

/** Closes a message: `state` is done, stopped (by the reader) or failed (with an error). */
export function end(message, state, now, error = null) {
  if (message.state === 'thinking') { message.thoughtMs = now - message.firstAt; }
  message.totalMs = now - (message.firstAt ?? message.created);
  message.state = state;
  if (error) { message.error = { message: error.message, status: error.status ?? 0, code: error.code ?? '' }; }
}

/** Tokens thought so far. A stream sends about one token a piece, so until the usage arrives pieces stand for tokens. */
export function thinkingTokens(message) {
  return message.usage?.completion_tokens_details?.reasoning_tokens ?? message.pieces?.reasoning ?? 0;
}

/** Tokens written so far, thinking included. */
export function writtenTokens(message) {
  return message.usage?.completion_tokens ?? (message.pieces?.reasoning ?? 0) + (message.pieces?.content ?? 0);
}

/** Seconds of thinking, running or finished. */
export function thinkingSeconds(message, now) {
  if (message.thoughtMs !== undefined) { return message.thoughtMs / 1000; }
  return message.state === 'thinking' ? (now - message.firstAt) / 1000 : 0;
}

/** Tokens a second after the first; the server's own figure where it sends one. Null while there is nothing to divide. */
export function speed(message, now) {
  const told = message.timings?.predicted_per_second;
  if (typeof told === 'number') { return told; }
  const elapsed = message.totalMs ?? (message.firstAt === undefined ? 0 : now - message.firstAt);
  const tokens = writtenTokens(message) - 1;
  return elapsed > 250 && tokens > 0 ? tokens / (elapsed / 1000) : null;
}
