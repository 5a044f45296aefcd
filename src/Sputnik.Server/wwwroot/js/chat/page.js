import { complete, stopThinking } from '../api/completion.js';
import { copy } from '../page/clipboard.js';
import { h } from '../page/dom.js';
import { preferences } from '../page/preferences.js';
import { go, rename } from '../page/router.js';
import { complain, warn } from '../page/toasts.js';
import { Composer } from './composer.js';
import { Conversation } from './conversation.js';
import { AnswerView, QuestionView } from './message-views.js';
import { MeterLine } from './meter-line.js';

/** Least time between two drawings of a growing answer, in milliseconds: faster than reading, slower than tokens of small models. */
const DRAW_EVERY = 60;

/** The page of a conversation: its messages and the composer. */
export class ChatPage {
  #views = new Map();
  #drawing = null;
  #follows = true;
  #elsewhere = new Map(); // conversations whose answers grow while another is shown

  constructor({ store, models, changed }) {
    this.store = store;
    this.models = models;
    this.changed = changed;
    this.list = h('div', { class: 'messages', role: 'log', 'aria-live': 'off', 'aria-label': 'Conversation' });
    this.welcome = h('div', { class: 'welcome' }, h('h2', {}, 'What shall we think about?'), h('p', {}, 'What you write goes to this server and nowhere else.'));
    this.scroll = h('div', { class: 'scroll', onscroll: () => { this.#follows = this.#atEnd(); } }, this.welcome, this.list);
    this.composer = new Composer({ send: (text, attachments) => this.ask(text, attachments), stop: () => this.stop(), effort: (value) => this.setSettings({ ...this.conversation.settings, reasoning_effort: value || undefined }) });
    this.meter = new MeterLine(this.composer.meter, this);
    this.element = h('div', { class: 'chat' }, this.scroll, this.composer.element);
    this.conversation = this.#make({ settings: preferences().settings });
    models.onchange = () => this.meter.show();
    setInterval(() => { if (this.conversation.growing) { this.#draw(); } }, 1000); // the seconds of thinking go on between tokens
  }

  #make(stored) {
    const conversation = new Conversation(stored, {
      api: { complete, stopThinking },
      save: async (form) => { try { await this.store.put(form); } catch (error) { complain(error); } },
      changed: (what, message) => this.#onChange(conversation, what, message),
    });
    return conversation;
  }

  /** Opens a conversation by its id, or a new one. */
  async open(id) {
    if (id !== null && id === this.conversation.id) { return; }
    const stored = id === null ? { settings: preferences().settings } : await this.store.get(id);
    if (stored === null) { warn('That conversation is not in this browser.'); go('#/'); return; }
    if (this.conversation.growing) { this.#elsewhere.set(this.conversation.id, this.conversation); }
    this.conversation = this.#elsewhere.get(id) ?? this.#make(stored);
    this.#elsewhere.delete(id);
    this.#follows = true;
    this.#rebuild();
    this.composer.invite();
  }

  leave() { /* an answer goes on growing behind another page */ }

  /** Stops and forgets a conversation that is deleted. */
  discard(id) {
    const conversation = id === this.conversation.id ? this.conversation : this.#elsewhere.get(id);
    conversation?.discard();
  }

  #onChange(conversation, what, message) {
    if (what === 'kept' || what === 'ended') { this.changed(); }
    if (what === 'ended') { this.#elsewhere.delete(conversation.id); }
    if (conversation !== this.conversation) { return; }
    if (what === 'grown') { this.#schedule(); }
    if (what === 'ended') { this.#draw(); }
    if (what === 'path') {
      this.#rebuild();
      if (message) { rename(`#/c/${conversation.id}`); }
    }
  }

  #schedule() {
    this.#drawing ??= setTimeout(() => this.#draw(), DRAW_EVERY);
  }

  #draw() {
    clearTimeout(this.#drawing);
    this.#drawing = null;
    for (const view of this.#views.values()) {
      if (view instanceof AnswerView && view.element.getAttribute('aria-busy') === 'true') { view.show(view.message, Date.now()); }
    }
    this.#settle();
  }

  #rebuild() {
    const { conversation } = this;
    const actions = {
      choose: (id) => { if (!conversation.growing) { this.#say(conversation.choose(id)); } },
      edit: (id, text) => this.#start(() => conversation.edit(id, text.trim(), this.models.chosen)),
      retry: (id) => this.#start(() => conversation.retry(id, this.models.chosen)),
      stopThinking: () => this.stopThinking(),
    };
    this.#views = new Map(conversation.path.map((message) => {
      const View = message.role === 'user' ? QuestionView : AnswerView;
      return [message.id, new View(message, conversation.tree.siblings(message.id), actions)];
    }));
    this.list.replaceChildren(...[...this.#views.values()].map((view) => view.element));
    this.welcome.hidden = this.#views.size > 0;
    this.composer.showEffort(conversation.settings.reasoning_effort);
    this.#settle();
  }

  /** After a change: the buttons, the meter, and the end in sight where the reader was there. */
  #settle() {
    this.composer.busy = this.conversation.growing !== null;
    this.meter.show();
    if (this.#follows) { this.scroll.scrollTop = this.scroll.scrollHeight; }
  }

  #atEnd() { return this.scroll.scrollHeight - this.scroll.scrollTop - this.scroll.clientHeight < 80; }

  ask(text, attachments) {
    return this.#start(() => this.conversation.ask(text, attachments, this.models.chosen));
  }

  /** Has an answer begun, and tells whether it has. */
  async #start(run) {
    await this.models.ready;
    if (this.conversation.growing) { warn('An answer is being written. Stop it first (Esc).'); return false; }
    if (this.models.chosen === '') { this.#say(this.models.load()); warn('The server offers no model yet.'); return false; }
    this.#follows = true;
    this.#say(run());
    return true;
  }

  #say(promise) { promise.catch(complain); }

  send() { this.composer.submit(); }

  stop() { this.conversation.stop(); }

  stopThinking() { this.#say(this.conversation.stopThinking()); }

  setSettings(settings) {
    this.#say(this.conversation.set(settings));
    this.composer.showEffort(this.conversation.settings.reasoning_effort);
  }

  focus() { this.composer.focus(); }

  #last(role) { return [...this.#views.values()].findLast((view) => view.message.role === role); }

  retryLast() {
    const last = this.conversation.path.at(-1);
    if (last) { this.#start(() => this.conversation.retry(last.id, this.models.chosen)); }
  }

  editLast() { this.#last('user')?.edit(); }

  copyLast() {
    const view = this.#last('assistant');
    if (view) { this.#say(copy(view.message.text, view.foot.querySelector('[aria-label="Copy answer"]'))); }
  }

  turnLast(by) {
    const view = this.#last('assistant');
    if (!view || this.conversation.growing) { return; }
    const { ids, index } = this.conversation.tree.siblings(view.message.id);
    if (ids[index + by]) { this.#say(this.conversation.choose(ids[index + by])); }
  }

  toggleThinking() { this.#last('assistant')?.thinking.toggle(); }
}
