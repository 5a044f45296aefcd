import { compose } from './presets.js';
import { clean, toRequest } from './settings.js';
import { ROOT, MessageTree } from './tree.js';
import * as turn from './turn.js';
import { newId } from '../page/ids.js';

/** How often a growing answer is saved, in milliseconds: what a crash of the browser may cost. */
const SAVE_EVERY = 1000;

/** One conversation and, while there is one, the answer that grows in it. Knows no page: `changed(what, message)` says what is new. */
export class Conversation {
  #api;
  #save;
  #changed;
  #now;
  #running = null;
  #savedAt = 0;

  /** `api` is `{ complete, stopThinking }`, `save` takes the stored form, `changed` is called with 'path', 'kept', 'grown' or 'ended'. */
  constructor(stored, { api, save, changed = () => undefined, now = Date.now }) {
    this.id = stored.id ?? newId();
    this.created = stored.created ?? now();
    this.updated = stored.updated ?? this.created;
    this.title = stored.title ?? '';
    this.settings = clean(stored.settings ?? {});
    this.tree = new MessageTree(stored);
    this.#api = api;
    this.#save = save;
    this.#changed = changed;
    this.#now = now;
    this.#settleBroken();
  }

  /** An answer that grew when the page was closed grows no more. */
  #settleBroken() {
    for (const message of this.tree.toJSON().messages) {
      if (message.role === 'assistant' && turn.running(message)) { message.state = 'stopped'; }
    }
  }

  /** The message that grows now, or null. */
  get growing() { return this.#running?.message ?? null; }

  get path() { return this.tree.path(); }

  stored() {
    const { id, title, created, updated, settings } = this;
    return { id, title, created, updated, settings, ...this.tree.toJSON() };
  }

  /** Asks a question at the end of the path, and has it answered. */
  ask(text, attachments, model) {
    const parent = this.path.at(-1)?.id ?? ROOT;
    return this.#put(parent, text, attachments, model);
  }

  /** Asks a question differently: a new branch beside the old one. */
  edit(id, text, model) {
    const old = this.tree.get(id);
    return this.#put(old.parent, text, old.attachments, model);
  }

  #put(parent, text, attachments, model) {
    const question = this.tree.add(parent, { role: 'user', created: this.#now(), text, attachments });
    if (this.title === '') { this.title = titleOf(text, attachments); }
    return this.#answer(question.id, model);
  }

  /** Draws an answer again: a new branch beside it. A question without an answer gets its first. */
  retry(id, model) {
    const message = this.tree.get(id);
    return this.#answer(message.role === 'assistant' ? message.parent : id, model);
  }

  choose(id) {
    this.tree.choose(id);
    this.#tell('path', null);
    return this.#keep();
  }

  /** Breaks the answer off; what was written stays. */
  stop() { this.#running?.abort.abort(); }

  /** Breaks the answer off and saves nothing any more: the conversation is deleted. */
  discard() {
    this.#save = async () => undefined;
    this.stop();
  }

  /** Has the model end its thinking and answer. */
  async stopThinking() {
    const id = this.growing?.completion;
    if (id) { await this.#api.stopThinking(id); }
  }

  async #answer(parent, model) {
    if (this.#running) { throw new Error('An answer is being written already.'); }
    const message = this.tree.add(parent, turn.begin(model, this.#now()));
    const running = { message, abort: new AbortController() };
    this.#running = running;
    this.#tell('path', message);
    await this.#keep();
    this.#tell('kept', message);
    let state = 'done';
    let error = null;
    try {
      for await (const event of this.#api.complete(this.#request(parent, model), running.abort.signal)) {
        turn.apply(message, event, this.#now());
        this.#tell('grown', message);
        if (this.#now() - this.#savedAt > SAVE_EVERY) { await this.#keep(); }
      }
    } catch (caught) {
      state = running.abort.signal.aborted ? 'stopped' : 'failed';
      error = state === 'failed' ? caught : null;
    }
    turn.end(message, state, this.#now(), error);
    this.#running = null;
    await this.#keep();
    this.#tell('ended', message);
  }

  #request(parent, model) {
    const turns = this.tree.lineage(parent)
      .filter((message) => message.role === 'user' || message.text !== '')
      .map((message) => ({ role: message.role, content: message.role === 'user' ? compose(message.text, message.attachments, message.created) : message.text }));
    return toRequest(this.settings, model, turns);
  }

  #tell(what, message) { this.#changed(what, message); }

  /** Puts other settings in force from the next question on. */
  set(settings) {
    this.settings = clean(settings);
    return this.#keep();
  }

  async #keep() {
    this.#savedAt = this.#now();
    if (this.tree.size === 0) { return; }
    this.updated = this.#now();
    await this.#save(this.stored());
  }
}

/** The first line of the first question, cut at a word. */
function titleOf(text, attachments = []) {
  const line = text.trim().split('\n', 1)[0] || attachments[0]?.name || 'Conversation';
  if (line.length <= 60) { return line; }
  const cut = line.slice(0, 60);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), 30))}…`;
}
