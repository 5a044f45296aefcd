import { h } from '../page/dom.js';
import { icon } from '../page/icons.js';
import { copy } from '../page/clipboard.js';
import { blocks, html } from './markdown.js';
import { safe } from './safe.js';
import { typeset } from './typeset.js';

/** Markdown that grows: blocks whose source did not change keep their elements, so that a long answer costs one block a time. */
export class GrowingText {
  #shown = [];

  constructor(element) { this.element = element; }

  /** Shows a text, and returns the plain text of the blocks that became whole: those that another follows. */
  show(text) {
    const tokens = blocks(text);
    const same = this.#shown.findIndex((block, i) => block.raw !== tokens[i]?.raw);
    const from = same < 0 ? this.#shown.length : same;
    const before = Math.max(this.#shown.length - 1, 0);
    for (const block of this.#shown.splice(from)) { block.element.remove(); }
    for (const token of tokens.slice(from)) {
      const element = h('div', { class: 'block' }, safe(html(token)));
      finish(element);
      this.element.append(element);
      this.#shown.push({ raw: token.raw, element });
    }
    return this.#shown.slice(before, -1).map((block) => block.element.innerText);
  }

  /** The last block, which no other followed. */
  rest() { return this.#shown.at(-1)?.element.innerText ?? ''; }
}

function finish(element) {
  typeset(element);
  for (const table of element.querySelectorAll('table')) {
    const frame = h('div', { class: 'table', tabindex: '0', role: 'region', 'aria-label': 'Table' });
    table.replaceWith(frame);
    frame.append(table);
  }
  for (const pre of element.querySelectorAll('pre')) {
    pre.tabIndex = 0;
    const code = pre.querySelector('code');
    const language = code?.className.replace('language-', '') || 'text';
    const button = h('button', { type: 'button', class: 'quiet small', 'aria-label': 'Copy code', onclick: () => copy(code.textContent.replace(/\n$/, ''), button) }, icon('copy'));
    const frame = h('div', { class: 'code' }, h('div', { class: 'code-head' }, h('span', {}, language), button));
    pre.replaceWith(frame);
    frame.append(pre);
  }
}
