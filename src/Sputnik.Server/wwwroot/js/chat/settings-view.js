import { h } from '../page/dom.js';
import { icon } from '../page/icons.js';
import { preferences, prefer } from '../page/preferences.js';
import { LIST_PRICE } from './meter.js';
import { clean, NUMBERS } from './settings.js';

/** The panel of settings. They belong to the conversation shown, and new conversations begin with the last ones set. */
export class SettingsView {
  constructor({ chat, close }) {
    this.chat = chat;
    this.system = h('textarea', { id: 'set-system', rows: '4', placeholder: 'None – R1 was trained without one', onchange: () => this.#take() });
    this.fields = NUMBERS.map(({ name, min, max, step }) => h('input', { type: 'number', id: `set-${name}`, min, max, step: step < 1 ? 'any' : step, inputmode: 'decimal', placeholder: 'default', onchange: () => this.#take() }));
    this.prices = ['prompt', 'completion'].map((part) => h('input', { type: 'number', id: `price-${part}`, min: '0', step: 'any', inputmode: 'decimal', onchange: () => this.#takePrice() }));
    this.element = h('div', { class: 'panel-inner' },
      h('div', { class: 'panel-head' }, h('h2', {}, 'Settings'), h('button', { type: 'button', class: 'quiet', 'aria-label': 'Close settings', onclick: close }, icon('close'))),
      h('p', { class: 'hint' }, 'For this conversation. What is empty is left to the model’s own defaults.'),
      h('div', { class: 'field' }, h('label', { for: 'set-system' }, 'System prompt'), this.system),
      NUMBERS.map((number, i) => this.#number(number, this.fields[i])),
      h('h3', {}, 'Money'),
      h('p', { class: 'hint' }, `Dollars for a million tokens elsewhere. At first: DeepSeek-R1’s list price of January 2025, ${LIST_PRICE.prompt} and ${LIST_PRICE.completion}.`),
      h('div', { class: 'field row' }, h('label', { for: 'price-prompt' }, 'Read'), this.prices[0]),
      h('div', { class: 'field row' }, h('label', { for: 'price-completion' }, 'Written'), this.prices[1]));
    this.refresh();
  }

  #number({ label, hint }, field) {
    field.setAttribute('aria-describedby', `${field.id}-hint`);
    return h('div', { class: 'field row' }, h('label', { for: field.id }, label, h('small', { id: `${field.id}-hint` }, hint)), field);
  }

  /** Shows the settings of the conversation. */
  refresh() {
    const { settings } = this.chat.conversation;
    this.system.value = settings.system ?? '';
    NUMBERS.forEach(({ name }, i) => { this.fields[i].value = settings[name] ?? ''; });
    const { price } = preferences();
    this.prices[0].value = price.prompt;
    this.prices[1].value = price.completion;
  }

  #take() {
    const settings = { ...this.chat.conversation.settings, system: this.system.value };
    NUMBERS.forEach(({ name }, i) => { settings[name] = this.fields[i].value === '' ? undefined : this.fields[i].valueAsNumber; });
    const kept = clean(settings);
    for (const [i, { name }] of NUMBERS.entries()) { this.fields[i].setAttribute('aria-invalid', String(this.fields[i].value !== '' && kept[name] === undefined)); }
    this.chat.setSettings(kept);
    prefer({ settings: kept });
  }

  #takePrice() {
    const [prompt, completion] = this.prices.map((field) => field.valueAsNumber);
    prefer({ price: { prompt, completion } });
    this.chat.meter.show();
  }
}
