import { h } from '../page/dom.js';
import { icon } from '../page/icons.js';
import { duration, tokens } from '../page/words.js';
import { GrowingText } from '../text/growing.js';
import { thinkingSeconds, thinkingTokens } from './turn.js';

/** The thinking of an answer: open while it grows, folded when the answer begins, unless the reader has chosen. */
export class ThinkingView {
  #chosen = false;
  #shown = '';

  constructor(id, stop) {
    this.body = h('div', { class: 'thought text', id: `thought-${id}`, tabindex: '0', role: 'region', 'aria-label': 'Thinking' });
    this.label = h('span', {});
    this.button = h('button', { type: 'button', class: 'quiet thinking-toggle', 'aria-controls': this.body.id, onclick: () => this.toggle() }, icon('chevron'), this.label);
    this.stop = h('button', { type: 'button', class: 'small', title: 'Stop thinking (Ctrl+.)', onclick: stop }, 'Answer now');
    this.element = h('section', { class: 'thinking' }, h('div', { class: 'thinking-head' }, this.button, this.stop), this.body);
    this.text = new GrowingText(this.body);
    this.#set(false);
  }

  toggle() {
    this.#chosen = true;
    this.#set(this.body.hidden);
  }

  #set(open) {
    this.body.hidden = !open;
    this.button.setAttribute('aria-expanded', String(open));
    if (open) { this.#draw(); }
  }

  #draw() {
    if (this.message && this.#shown !== this.message.reasoning) {
      const follows = this.body.scrollHeight - this.body.scrollTop - this.body.clientHeight < 40;
      this.text.show(this.message.reasoning);
      this.#shown = this.message.reasoning;
      if (follows && this.message.state === 'thinking') { this.body.scrollTop = this.body.scrollHeight; }
    }
  }

  show(message, now) {
    this.message = message;
    const thinking = message.state === 'thinking';
    this.element.hidden = message.reasoning === '';
    this.element.classList.toggle('running', thinking);
    this.stop.hidden = !thinking;
    const seconds = thinkingSeconds(message, now);
    const about = message.usage ? '' : '≈ ';
    const state = thinking ? `Thinking · ${duration(seconds)}` : seconds >= 1 ? `Thought for ${duration(seconds)}` : 'Thought briefly';
    this.label.textContent = `${state} · ${about}${tokens(thinkingTokens(message))}`;
    if (!this.#chosen && this.body.hidden === thinking) { this.#set(thinking); }
    if (!this.body.hidden) { this.#draw(); }
  }
}
