import { clean } from './settings.js';
import { ROOT } from './tree.js';

/** What an exported file says of itself. A version is added when a field changes its meaning, never for a new optional field. */
export const FORMAT = 'sputnik-conversations';
export const VERSION = 1;

/** Limits of an import: far above what people write, far below what fills a browser. */
const MOST = { bytes: 64 * 1024 * 1024, conversations: 10000, messages: 20000, text: 4 * 1024 * 1024, attachments: 100, name: 300 };

const NAME = /^[A-Za-z0-9-]{1,64}$/;
const STATES = ['done', 'stopped', 'failed'];

/** Conversations as the text of a file. */
export function exported(conversations, now) {
  return JSON.stringify({ format: FORMAT, version: VERSION, exported: new Date(now).toISOString(), conversations }, null, 2);
}

/** Conversations out of the text of a file: each field is checked and copied, what is unknown is dropped, and anything false throws a RangeError that says where. */
export function imported(text) {
  if (text.length > MOST.bytes) { throw new RangeError(`The file is longer than ${MOST.bytes} characters.`); }
  let file;
  try {
    file = JSON.parse(text);
  } catch {
    throw new RangeError('The file is not JSON.');
  }
  if (file?.format !== FORMAT) { throw new RangeError(`The file's format is not '${FORMAT}'.`); }
  if (file.version !== VERSION) { throw new RangeError(`The file has version ${JSON.stringify(file.version)}; this page reads version ${VERSION}.`); }
  return list(file.conversations, 'conversations', MOST.conversations).map((value, i) => conversation(value, `conversations[${i}]`));
}

function conversation(value, at) {
  object(value, at);
  const messages = [];
  const known = new Set([ROOT]);
  for (const [i, item] of list(value.messages, `${at}.messages`, MOST.messages).entries()) {
    const one = message(item, `${at}.messages[${i}]`);
    if (known.has(one.id)) { throw new RangeError(`${at}.messages[${i}].id is used twice.`); }
    if (!known.has(one.parent)) { throw new RangeError(`${at}.messages[${i}].parent does not stand before it.`); }
    known.add(one.id);
    messages.push(one);
  }
  return {
    id: name(value.id, `${at}.id`), title: string(value.title, `${at}.title`, MOST.name),
    created: time(value.created, `${at}.created`), updated: time(value.updated, `${at}.updated`),
    settings: clean(value.settings), messages, chosen: chosen(value.chosen, `${at}.chosen`, known),
  };
}

function message(value, at) {
  object(value, at);
  const kept = {
    id: name(value.id, `${at}.id`), parent: value.parent === ROOT ? ROOT : name(value.parent, `${at}.parent`),
    role: value.role, created: time(value.created, `${at}.created`), text: string(value.text, `${at}.text`, MOST.text),
  };
  if (value.role === 'user') {
    const attachments = list(value.attachments ?? [], `${at}.attachments`, MOST.attachments);
    return { ...kept, attachments: attachments.map((item, i) => attachment(item, `${at}.attachments[${i}]`)) };
  }
  if (value.role !== 'assistant') { throw new RangeError(`${at}.role is neither 'user' nor 'assistant'.`); }
  return { ...kept, ...answer(value, at) };
}

function answer(value, at) {
  const kept = {
    model: string(value.model, `${at}.model`, MOST.name), reasoning: string(value.reasoning ?? '', `${at}.reasoning`, MOST.text),
    state: STATES.includes(value.state) ? value.state : 'stopped',
  };
  for (const field of ['thoughtMs', 'totalMs']) {
    if (value[field] !== undefined) { kept[field] = number(value[field], `${at}.${field}`); }
  }
  if (value.finish !== undefined) { kept.finish = string(value.finish, `${at}.finish`, MOST.name); }
  if (value.error !== undefined) {
    object(value.error, `${at}.error`);
    kept.error = { message: string(value.error.message, `${at}.error.message`, MOST.text), status: 0, code: '' };
  }
  if (value.usage !== undefined) { kept.usage = usage(value.usage, `${at}.usage`); }
  return kept;
}

function usage(value, at) {
  object(value, at);
  return {
    prompt_tokens: number(value.prompt_tokens, `${at}.prompt_tokens`),
    completion_tokens: number(value.completion_tokens, `${at}.completion_tokens`),
    completion_tokens_details: { reasoning_tokens: number(value.completion_tokens_details?.reasoning_tokens ?? 0, `${at}.reasoning_tokens`) },
  };
}

function attachment(value, at) {
  object(value, at);
  if (value.kind !== 'file' && value.kind !== 'page') { throw new RangeError(`${at}.kind is neither 'file' nor 'page'.`); }
  return { kind: value.kind, name: string(value.name, `${at}.name`, MOST.name), text: string(value.text, `${at}.text`, MOST.text) };
}

function chosen(value, at, known) {
  object(value ?? {}, at);
  return Object.fromEntries(Object.entries(value ?? {}).filter(([parent, child]) => known.has(parent) && known.has(child)));
}

function object(value, at) {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) { throw new RangeError(`${at} is not an object.`); }
}

function list(value, at, most) {
  if (!Array.isArray(value)) { throw new RangeError(`${at} is not a list.`); }
  if (value.length > most) { throw new RangeError(`${at} has ${value.length} entries, at most ${most} are read.`); }
  return value;
}

function string(value, at, most) {
  if (typeof value !== 'string') { throw new RangeError(`${at} is not a text.`); }
  if (value.length > most) { throw new RangeError(`${at} is longer than ${most} characters.`); }
  return value;
}

function name(value, at) {
  if (typeof value !== 'string' || !NAME.test(value)) { throw new RangeError(`${at} is not a name of letters, digits and '-'.`); }
  return value;
}

function number(value, at) {
  if (typeof value !== 'number' || !Number.isFinite(value) || value < 0) { throw new RangeError(`${at} is not a number of at least 0.`); }
  return value;
}

/** Milliseconds since 1970, within what a Date can hold. */
function time(value, at) {
  if (number(value, at) > 8.64e15) { throw new RangeError(`${at} is not a time.`); }
  return value;
}
