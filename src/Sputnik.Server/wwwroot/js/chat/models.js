import { models } from '../api/completion.js';
import { h } from '../page/dom.js';
import { preferences, prefer } from '../page/preferences.js';
import { complain } from '../page/toasts.js';

/** The models served, and the one chosen. */
export class Models {
  #list = [];
  picker = h('select', { class: 'picker', 'aria-label': 'Model' });
  onchange = () => undefined;
  ready = Promise.resolve(); // until the server has answered

  constructor() {
    this.picker.addEventListener('change', () => {
      prefer({ model: this.picker.value });
      this.onchange();
    });
  }

  /** Asks the server; where it does not answer the picker says so, and the next question asks again. */
  load() {
    this.ready = this.#load();
    return this.ready;
  }

  async #load() {
    try {
      this.#list = await models();
    } catch (error) {
      complain(error);
    }
    const preferred = preferences().model;
    this.picker.replaceChildren(...this.#list.map(({ id }) => h('option', { value: id }, id)));
    if (this.#list.length === 0) { this.picker.append(h('option', { value: '' }, 'No model')); }
    this.picker.disabled = this.#list.length === 0;
    if (this.#list.some(({ id }) => id === preferred)) { this.picker.value = preferred; }
    this.onchange();
  }

  /** The id of the chosen model, or the empty string where none is served. */
  get chosen() { return this.picker.value; }

  /** Tokens the chosen model can hold, or null where the server does not say. */
  get context() { return this.#list.find(({ id }) => id === this.chosen)?.context ?? null; }
}
