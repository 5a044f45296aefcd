import { copy } from '../page/clipboard.js';
import { h } from '../page/dom.js';
import { icon } from '../page/icons.js';
import { say } from '../page/announcer.js';
import { count, duration, tenth, tokens } from '../page/words.js';
import { GrowingText } from '../text/growing.js';
import { ThinkingView } from './thinking-view.js';
import { running, speed, writtenTokens } from './turn.js';

/** A button of a message that shows a picture and has a name. */
function action(name, label, run) {
  return h('button', { type: 'button', class: 'quiet small', 'aria-label': label, title: label, onclick: run }, icon(name));
}

/** ‹ 2/3 ›, or nothing where there is one version. */
function versions({ ids, index }, choose) {
  if (ids.length < 2) { return null; }
  const step = (by, name, label) => {
    const button = action(name, label, () => choose(ids[index + by]));
    button.disabled = ids[index + by] === undefined;
    return button;
  };
  return h('span', { class: 'versions', role: 'group', 'aria-label': 'Versions' },
    step(-1, 'left', 'Earlier version'), h('span', { 'aria-label': `Version ${index + 1} of ${ids.length}` }, `${index + 1}/${ids.length}`), step(1, 'right', 'Later version'));
}

/** What the reader asked. */
export class QuestionView {
  constructor(message, siblings, actions) {
    this.message = message;
    this.actions = actions;
    this.bubble = h('div', { class: 'bubble' }, message.text);
    const copyButton = action('copy', 'Copy question', () => copy(message.text, copyButton));
    this.foot = h('div', { class: 'foot' }, versions(siblings, actions.choose), copyButton, action('edit', 'Edit question', () => this.edit()));
    const files = (message.attachments ?? []).map(({ kind, name }) => h('span', { class: 'chip' }, icon(kind), name || 'Web page'));
    this.element = h('article', { class: 'message question', 'aria-label': 'You' }, files.length > 0 && h('div', { class: 'chips' }, files), this.bubble, this.foot);
  }

  edit() {
    if (this.element.classList.contains('editing')) { return; }
    const field = h('textarea', { rows: '3', 'aria-label': 'Edit question', value: this.message.text });
    const close = () => { this.element.classList.remove('editing'); form.replaceWith(this.bubble); this.foot.hidden = false; };
    const form = h('form', { class: 'edit', onsubmit: (event) => { event.preventDefault(); close(); this.actions.edit(this.message.id, field.value); } },
      field, h('div', { class: 'edit-buttons' }, h('button', { type: 'button', onclick: close }, 'Cancel'), h('button', { type: 'submit', class: 'primary' }, 'Send')));
    field.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') { event.preventDefault(); close(); }
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) { event.preventDefault(); form.requestSubmit(); }
    });
    this.element.classList.add('editing');
    this.foot.hidden = true;
    this.bubble.replaceWith(form);
    field.focus();
  }
}

/** Why an answer ended otherwise than by itself. */
const ENDINGS = { length: 'stopped at the limit of tokens', content_filter: 'stopped by a filter' };

/** What the model answered, or is answering. */
export class AnswerView {
  #said = '';

  constructor(message, siblings, actions) {
    this.thinking = new ThinkingView(message.id, actions.stopThinking);
    this.body = h('div', { class: 'text' });
    this.text = new GrowingText(this.body);
    this.waiting = h('p', { class: 'waiting' }, 'Reading the prompt…');
    this.error = h('p', { class: 'failure', role: 'alert' });
    this.facts = h('span', { class: 'facts' });
    const copyButton = action('copy', 'Copy answer', () => copy(message.text, copyButton));
    this.foot = h('div', { class: 'foot' }, versions(siblings, actions.choose), copyButton, action('retry', 'Answer again', () => actions.retry(message.id)), this.facts);
    this.element = h('article', { class: 'message answer', 'aria-label': `Answer of ${message.model || 'the model'}` }, this.thinking.element, this.body, this.waiting, this.error, this.foot);
    this.#said = running(message) ? 'waiting' : 'ended';
    this.show(message, Date.now());
  }

  show(message, now) {
    this.message = message;
    const growing = running(message);
    this.thinking.show(message, now);
    const whole = this.text.show(message.text);
    this.waiting.hidden = message.state !== 'waiting';
    this.foot.hidden = growing;
    this.element.setAttribute('aria-busy', String(growing));
    this.error.hidden = message.state !== 'failed';
    this.error.textContent = message.error?.message ?? '';
    this.facts.textContent = growing ? '' : this.#facts(message, now);
    this.#announce(message, whole);
  }

  #facts(message, now) {
    const facts = [];
    const rate = speed(message, now);
    if (writtenTokens(message) > 0) { facts.push(tokens(writtenTokens(message))); }
    if (rate !== null) { facts.push(`${tenth(rate)} tokens/s`); }
    if (message.totalMs >= 1000) { facts.push(duration(message.totalMs / 1000)); }
    const cached = message.usage?.prompt_tokens_details?.cached_tokens;
    if (cached) { facts.push(`${count(cached)} prompt tokens reused`); }
    if (message.state === 'stopped') { facts.push('stopped'); }
    if (ENDINGS[message.finish]) { facts.push(ENDINGS[message.finish]); }
    return facts.join(' · ');
  }

  /** A screen reader hears that thinking began and ended, and the answer a block at a time; never single tokens. */
  #announce(message, whole) {
    if (this.#said === 'ended') { return; }
    if (message.state === 'thinking' && this.#said === 'waiting') { say('Thinking'); }
    if (message.text !== '' && ['waiting', 'thinking'].includes(this.#said)) { say(message.reasoning ? 'Thinking ended. Answer:' : 'Answer:'); }
    for (const block of whole) { say(block); }
    if (running(message)) { this.#said = message.state; return; }
    say(this.text.rest());
    say({ done: 'Answer complete', stopped: 'Answer stopped', failed: 'The answer failed' }[message.state]);
    this.#said = 'ended';
  }
}
