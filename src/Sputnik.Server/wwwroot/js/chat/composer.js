import { askForPage } from '../page/dialogs.js';
import { h } from '../page/dom.js';
import { icon } from '../page/icons.js';
import { complain, warn } from '../page/toasts.js';
import { MATHS } from './presets.js';
import { EFFORTS } from './settings.js';

/** Largest file that is attached: as text it must fit a context anyway. */
const LARGEST_FILE = 2 * 1024 * 1024;

/** On a phone Enter makes a line, since it has no Shift to make one with. */
const touch = matchMedia('(pointer: coarse)');

/** Where the reader writes: text, attachments, effort, send and stop. */
export class Composer {
  #attachments = [];

  /** `send` takes a text and attachments and tells whether it took them; `effort` is told the effort chosen. */
  constructor({ send, stop, effort }) {
    this.onsend = send;
    this.field = h('textarea', { rows: '1', id: 'question', placeholder: 'Ask anything', 'aria-label': 'Your question', oninput: () => this.#fit(), onkeydown: (event) => this.#key(event) });
    this.chips = h('div', { class: 'chips', hidden: true });
    this.files = h('input', { type: 'file', multiple: true, hidden: true, onchange: () => this.#read(this.files.files) });
    this.effort = h('select', { class: 'effort', 'aria-label': 'Thinking effort', onchange: () => effort(this.effort.value) }, EFFORTS.map(([value, label]) => h('option', { value }, `Thinking: ${label}`)));
    this.sendButton = h('button', { type: 'submit', class: 'primary round', 'aria-label': 'Send' }, icon('send'));
    this.stopButton = h('button', { type: 'button', class: 'primary round stop', 'aria-label': 'Stop', hidden: true, onclick: stop }, icon('stop'));
    this.meter = h('div', { class: 'meter-line' });
    this.element = h('form', { class: 'composer', onsubmit: (event) => { event.preventDefault(); this.submit(); } },
      h('div', { class: 'box' }, this.chips, this.field,
        h('div', { class: 'box-foot' }, this.#menu(), this.effort, h('span', { class: 'grow' }), this.sendButton, this.stopButton)),
      this.meter, this.files);
    this.element.addEventListener('dragover', (event) => event.preventDefault());
    this.element.addEventListener('drop', (event) => { event.preventDefault(); this.#read(event.dataTransfer.files); });
  }

  #menu() {
    const item = (name, label, run) => h('button', { type: 'button', onclick: () => { menu.open = false; run(); } }, icon(name), label);
    const menu = h('details', { class: 'menu' },
      h('summary', { class: 'quiet', 'aria-label': 'Attach', title: 'Attach' }, icon('attach')),
      h('div', { class: 'menu-items' },
        item('file', 'Files…', () => this.files.click()),
        item('page', 'Web page text…', async () => { const page = await askForPage(); if (page) { this.#add(page); } }),
        item('edit', 'Steps and a boxed result', () => this.#append(MATHS))));
    menu.addEventListener('focusout', (event) => { if (!menu.contains(event.relatedTarget)) { menu.open = false; } });
    menu.addEventListener('keydown', (event) => { if (event.key === 'Escape' && menu.open) { event.preventDefault(); menu.open = false; menu.firstElementChild.focus(); } });
    return menu;
  }

  #append(text) {
    if (!this.field.value.includes(text)) { this.field.value = this.field.value.trim() === '' ? text : `${this.field.value.trimEnd()}\n${text}`; }
    this.#fit();
    this.field.focus();
  }

  async #read(files) {
    for (const file of files) {
      if (file.size > LARGEST_FILE) { warn(`${file.name} is larger than 2 MB.`); continue; }
      try {
        const text = new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer());
        this.#add({ kind: 'file', name: file.name.slice(0, 300), text });
      } catch (error) {
        if (error instanceof TypeError) { warn(`${file.name} is not text in UTF-8.`); } else { complain(error); }
      }
    }
    this.files.value = '';
  }

  #add(attachment) {
    this.#attachments.push(attachment);
    this.#showChips();
    this.field.focus();
  }

  #showChips() {
    this.chips.hidden = this.#attachments.length === 0;
    this.chips.replaceChildren(...this.#attachments.map((attachment) => {
      const remove = () => { this.#attachments = this.#attachments.filter((other) => other !== attachment); this.#showChips(); this.field.focus(); };
      const name = attachment.name || 'Web page';
      return h('span', { class: 'chip' }, icon(attachment.kind), name, h('button', { type: 'button', class: 'quiet', 'aria-label': `Remove ${name}`, onclick: remove }, icon('close')));
    }));
  }

  #key(event) {
    if (event.key !== 'Enter' || event.isComposing || event.shiftKey || event.altKey) { return; }
    if (touch.matches && !event.ctrlKey && !event.metaKey) { return; }
    event.preventDefault();
    this.submit();
  }

  #fit() {
    this.field.style.height = 'auto';
    this.field.style.height = `${this.field.scrollHeight}px`;
  }

  /** Sends what is written; it stays where it is not taken. */
  async submit() {
    const text = this.field.value.trim();
    if ((text === '' && this.#attachments.length === 0) || !(await this.onsend(text, this.#attachments))) { return; }
    this.field.value = '';
    this.#attachments = [];
    this.#showChips();
    this.#fit();
  }

  /** While an answer grows the button stops it. */
  set busy(busy) {
    this.sendButton.hidden = busy;
    this.stopButton.hidden = !busy;
  }

  showEffort(effort) { this.effort.value = effort ?? ''; }

  focus() { this.field.focus(); }

  /** The cursor goes where one writes, unless that would raise the keyboard of a phone. */
  invite() {
    if (!touch.matches) { this.focus(); }
  }
}
