import { h } from '../page/dom.js';
import { help, sure } from '../page/dialogs.js';
import { icon } from '../page/icons.js';
import { nextTheme, THEMES } from '../page/appearance.js';
import { preferences } from '../page/preferences.js';
import { go } from '../page/router.js';
import { complain } from '../page/toasts.js';
import { say } from '../page/announcer.js';
import { day } from '../page/words.js';
import { download, importFile } from './transfer.js';

/** Conversations by day, and the ways to the other pages. */
export class Sidebar {
  #at = { page: 'chat', id: null };

  constructor({ store, chat, close }) {
    this.store = store;
    this.chat = chat;
    this.close = close;
    this.list = h('nav', { class: 'history', 'aria-label': 'Conversations' });
    this.file = h('input', { type: 'file', accept: 'application/json,.json', hidden: true, 'aria-label': 'File to import', onchange: () => this.#import() });
    this.theme = h('button', { type: 'button', class: 'quiet', title: THEMES[preferences().theme], 'aria-label': THEMES[preferences().theme], onclick: () => this.#turnTheme() }, icon('theme'));
    this.pages = h('nav', { class: 'pages', 'aria-label': 'Pages' }, this.#page('#/runs', 'runs', 'Runs'), this.#page('#/usage', 'usage', 'Usage'));
    this.element = h('div', { class: 'side-inner' },
      h('a', { class: 'brand', href: '#/' }, 'Sputnik'),
      h('a', { class: 'new', href: '#/', onclick: (event) => { event.preventDefault(); this.close(); go('#/'); } }, icon('new'), 'New conversation'),
      this.list, this.pages,
      h('div', { class: 'side-foot' },
        h('button', { type: 'button', class: 'quiet', onclick: () => this.#export() }, 'Export'),
        h('button', { type: 'button', class: 'quiet', onclick: () => this.file.click() }, 'Import'),
        h('span', { class: 'grow' }), this.theme,
        h('button', { type: 'button', class: 'quiet', 'aria-label': 'Keyboard shortcuts', title: 'Keyboard shortcuts', onclick: () => help() }, icon('help')), this.file));
  }

  #page(href, name, label) {
    return h('a', { href, 'data-page': name }, icon(name), label);
  }

  #turnTheme() {
    const theme = THEMES[nextTheme()];
    this.theme.title = theme;
    this.theme.setAttribute('aria-label', theme);
    say(theme);
  }

  /** Reads the list anew. */
  async refresh() {
    const conversations = await this.store.all();
    const items = [];
    let heading = null;
    for (const { id, title, updated } of conversations) {
      if (day(updated) !== heading) {
        heading = day(updated);
        items.push(h('h2', {}, heading));
      }
      items.push(this.#item(id, title));
    }
    this.list.replaceChildren(...items);
    this.mark(this.#at.page, this.#at.id);
  }

  #item(id, title) {
    return h('div', { class: 'item', 'data-id': id },
      h('a', { href: `#/c/${id}`, title }, title),
      h('button', { type: 'button', class: 'quiet', 'aria-label': `Delete “${title}”`, onclick: () => this.#remove(id, title) }, icon('trash')));
  }

  async #remove(id, title) {
    if (!(await sure('Delete this conversation?', `“${title}” will be gone from this browser.`, 'Delete'))) { return; }
    this.chat.discard(id);
    await this.store.remove(id);
    if (id === this.chat.conversation.id) { go('#/'); }
    await this.refresh();
  }

  /** Shows where the reader is. */
  mark(page, id) {
    this.#at = { page, id };
    const here = page === 'chat' ? this.chat.conversation.id : null;
    for (const item of this.list.querySelectorAll('.item')) { current(item.querySelector('a'), item.dataset.id === here); }
    for (const link of this.pages.children) { current(link, link.dataset.page === page); }
  }

  async #export() { download(await this.store.all(), Date.now()); }

  async #import() {
    try {
      const read = await importFile(this.file.files[0], this.store);
      say(`${read} conversations imported`);
      await this.refresh();
    } catch (error) {
      complain(error);
    }
    this.file.value = '';
  }
}

function current(link, is) {
  if (is) { link.setAttribute('aria-current', 'page'); } else { link.removeAttribute('aria-current'); }
}
