import { read } from '../api/client.js';
import { h } from '../page/dom.js';
import { preferences } from '../page/preferences.js';
import { brief, count, dollars, tenth } from '../page/words.js';
import { by, priceOf, total, worth } from './ledger.js';

const GROUPS = [['day', 'Day'], ['model', 'Model'], ['key', 'Key']];

/** The server's ledger: tokens and hours by day, model and key, and what they would have cost elsewhere. */
export class UsagePage {
  #field = 'day';
  #visit = 0;

  constructor() { this.element = h('div', { class: 'view usage' }); }

  async open() {
    const visit = ++this.#visit;
    this.element.replaceChildren(h('p', { class: 'empty', role: 'status' }, 'Reading the ledger…'));
    try {
      const { days, price } = await read('/ui/usage');
      if (visit === this.#visit) { this.#show(Array.isArray(days) ? days : [], priceOf(price, preferences().price)); }
    } catch (error) {
      const text = error.status === 404 ? 'This server keeps no ledger.' : `The ledger cannot be read: ${error.message}`;
      if (visit === this.#visit) { this.element.replaceChildren(h('p', { class: 'empty', role: 'status' }, text)); }
    }
  }

  leave() { this.#visit += 1; }

  #show(entries, price) {
    if (entries.length === 0) { this.element.replaceChildren(h('p', { class: 'empty', role: 'status' }, 'Nothing used yet. Each answer adds a line.')); return; }
    const sum = total(entries);
    const figure = (name, value) => h('div', { class: 'figure' }, h('dt', {}, name), h('dd', {}, value));
    const buttons = GROUPS.map(([field, label]) => h('button', { type: 'button', 'aria-pressed': String(field === this.#field), onclick: () => { this.#field = field; this.#show(entries, price); this.element.querySelector('[aria-pressed="true"]').focus(); } }, label));
    this.element.replaceChildren(
      h('dl', { class: 'figures' }, figure('Saved', dollars(worth(sum, price))), figure('Read', brief(sum.prompt_tokens)), figure('Written', brief(sum.completion_tokens)), figure('Of it thinking', brief(sum.reasoning_tokens)), figure('Processor hours', tenth(sum.cpu_hours))),
      h('div', { class: 'segments', role: 'group', 'aria-label': 'Group by' }, buttons),
      this.#table(by(entries, this.#field), price));
  }

  #table(rows, price) {
    const label = GROUPS.find(([field]) => field === this.#field)[1];
    const most = Math.max(1, ...rows.map((row) => row.completion_tokens));
    const bar = (row) => {
      const fill = h('span', { class: 'bar' });
      fill.style.width = `${(row.completion_tokens / most) * 100}%`;
      return h('td', { class: 'bars', 'aria-hidden': 'true' }, fill);
    };
    const cells = (row) => [row.prompt_tokens, row.completion_tokens, row.reasoning_tokens].map((value) => h('td', {}, count(value)));
    return h('div', { class: 'table', tabindex: '0', role: 'region', 'aria-label': 'Usage' }, h('table', {},
      h('thead', {}, h('tr', {}, [label, 'Read', 'Written', 'Thinking', 'Hours', 'Saved'].map((name) => h('th', { scope: 'col' }, name)), h('th', { 'aria-hidden': 'true' }))),
      h('tbody', {}, rows.map((row) => h('tr', {}, h('th', { scope: 'row' }, row.name || '–'), cells(row), h('td', {}, tenth(row.cpu_hours)), h('td', {}, dollars(worth(row, price))), bar(row))))));
  }
}
