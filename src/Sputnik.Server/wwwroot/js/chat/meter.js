import { writtenTokens } from './turn.js';

/** What DeepSeek asked for a million tokens of deepseek-reasoner when R1 came out (January 2025, no cache hit), in dollars. */
export const LIST_PRICE = { prompt: 0.55, completion: 2.19 };

/** Tokens the next question will find in the context: the last prompt and the last answer, whose thinking is not sent again. Null before the first usage. */
export function contextTokens(path) {
  const last = path.findLast((message) => message.usage);
  if (!last) { return null; }
  const thought = last.usage.completion_tokens_details?.reasoning_tokens ?? 0;
  return last.usage.prompt_tokens + last.usage.completion_tokens - thought;
}

/** Tokens in the context while an answer grows: its prompt is not known yet, so the last known context stands for it. */
export function contextNow(path) {
  const last = path.at(-1);
  const growing = last?.role === 'assistant' && !last.usage ? writtenTokens(last) : 0;
  const known = contextTokens(path);
  return known === null && growing === 0 ? null : (known ?? 0) + growing;
}

/** What the answers of a conversation, of all branches, would have cost elsewhere. `price` is per million tokens. */
export function saved(messages, price) {
  let sum = 0;
  for (const { usage } of messages) {
    if (usage) { sum += cost(usage, price); }
  }
  return sum;
}

export function cost(usage, price) {
  return ((usage.prompt_tokens ?? 0) * price.prompt + (usage.completion_tokens ?? 0) * price.completion) / 1e6;
}
