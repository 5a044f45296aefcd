import * as key from './key.js';

/** What the server answered instead of what was asked, in OpenAI's words. */
export class ApiError extends Error {
  constructor(message, { status = 0, type = '', code = '', retryAfter = null } = {}) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.type = type;
    this.code = code;
    this.retryAfter = retryAfter;
  }
}

/** Sends a request to this origin. Where a key is missing or wrong the reader is asked once more, until they decline. */
export async function send(path, { method = 'GET', body, signal, quiet = false } = {}) {
  for (;;) {
    const response = await attempt(path, { method, body, signal });
    if (response.ok) { return response; }
    const error = await errorOf(response);
    if (response.status !== 401 || quiet || !(await key.ask(error.message))) { throw error; }
  }
}

/** The JSON a path answers with. */
export async function read(path, options) {
  const response = await send(path, options);
  try {
    return await response.json();
  } catch (error) {
    if (error.name === 'AbortError') { throw error; }
    throw new ApiError(`The server's answer to ${path} is not JSON.`, { status: response.status, type: 'not_json' });
  }
}

async function attempt(path, { method, body, signal }) {
  const headers = {};
  if (body !== undefined) { headers['Content-Type'] = 'application/json'; }
  if (key.current()) { headers.Authorization = `Bearer ${key.current()}`; }
  try {
    return await fetch(path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body), signal, cache: 'no-store' });
  } catch (error) {
    if (error.name === 'AbortError') { throw error; }
    throw new ApiError('The server does not answer. Is “sputnik serve” still running?', { type: 'unreachable' });
  }
}

async function errorOf(response) {
  const text = await response.text().catch(() => '');
  const retryAfter = Number.parseInt(response.headers.get('Retry-After') ?? '', 10);
  return errorFrom(text, response.status, Number.isNaN(retryAfter) ? null : retryAfter);
}

/** An error out of the text of an answer, whatever it is. */
export function errorFrom(text, status, retryAfter = null) {
  let said = null;
  try {
    said = JSON.parse(text)?.error ?? null;
  } catch {
    said = null; // a proxy's page in HTML: its status says more than its text
  }
  const message = typeof said === 'string' ? said : said?.message;
  return new ApiError(message || `The server answered ${status}.`, {
    status, type: String(said?.type ?? ''), code: String(said?.code ?? ''), retryAfter,
  });
}
