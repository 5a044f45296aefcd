import { ApiError, errorFrom, read, send } from './client.js';
import { events } from './sse.js';

/**
 * Asks for an answer and yields it as it grows:
 * `{ kind: 'start', id, model }`, `{ kind: 'reasoning' | 'content', text }`, `{ kind: 'finish', reason }`, `{ kind: 'usage', usage, timings }`.
 * An answer that breaks off throws: silence is never taken for an end.
 */
export async function* complete(request, signal) {
  const body = { ...request, stream: true, stream_options: { include_usage: true } };
  const response = await send('/v1/chat/completions', { method: 'POST', body, signal });
  let started = false;
  let finished = false;
  for await (const { data } of events(response.body)) {
    if (data.startsWith('[DONE]')) { return; }
    const chunk = chunkOf(data);
    if (!started && chunk.id) {
      started = true;
      yield { kind: 'start', id: chunk.id, model: chunk.model ?? request.model };
    }
    for (const event of deltas(chunk)) {
      finished ||= event.kind === 'finish';
      yield event;
    }
  }
  if (!finished) {
    throw new ApiError('The connection closed before the answer was complete.', { type: 'closed' });
  }
}

/** The events of one chunk. Engines disagree on the name of thinking: `reasoning_content` (DeepSeek's) wins over `reasoning`. */
export function* deltas(chunk) {
  const choice = chunk.choices?.[0];
  const delta = choice?.delta ?? {};
  const reasoning = delta.reasoning_content ?? delta.reasoning;
  if (typeof reasoning === 'string' && reasoning !== '') { yield { kind: 'reasoning', text: reasoning }; }
  if (typeof delta.content === 'string' && delta.content !== '') { yield { kind: 'content', text: delta.content }; }
  if (choice?.finish_reason) { yield { kind: 'finish', reason: choice.finish_reason }; }
  if (chunk.usage) { yield { kind: 'usage', usage: chunk.usage, timings: chunk.timings ?? null }; }
}

/** A chunk as an object; an error sent in the middle of a stream is thrown. */
export function chunkOf(data) {
  let chunk;
  try {
    chunk = JSON.parse(data);
  } catch {
    throw new ApiError('The stream holds a chunk that is not JSON.', { type: 'not_json' });
  }
  if (chunk === null || typeof chunk !== 'object') { throw new ApiError('The stream holds a chunk that is not an object.', { type: 'not_json' }); }
  if (chunk.error) { throw errorFrom(data, Number(chunk.error.code) || 0); }
  return chunk;
}

/** Tells the server to end the thinking of a running answer and to write the answer. */
export async function stopThinking(id) {
  await send(`/v1/chat/completions/${encodeURIComponent(id)}/stop-thinking`, { method: 'POST' });
}

/** The models served: `{ id, context }`, where context is null when the server does not say. */
export async function models() {
  const list = await read('/v1/models');
  if (!Array.isArray(list?.data)) { throw new ApiError('The server’s list of models has no data.', { type: 'not_models' }); }
  return list.data
    .filter((model) => typeof model?.id === 'string')
    .map((model) => ({ id: model.id, context: model.max_model_len ?? model.meta?.n_ctx_train ?? null }));
}
