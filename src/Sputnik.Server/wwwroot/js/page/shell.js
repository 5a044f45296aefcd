import { byId, h } from './dom.js';
import { icon } from './icons.js';

/** Below this width the side lies over the page; css/shell.css has the same number. */
const NARROW = matchMedia('(max-width: 860px)');

/** The frame around the pages: the side with conversations, the bar, the panel of settings. */
export class Shell {
  #title = h('h1', { class: 'title' });

  constructor(models) {
    this.picker = models.picker;
    this.menu = h('button', { type: 'button', class: 'quiet', 'aria-label': 'Conversations', 'aria-controls': 'side', onclick: () => this.toggleSide() }, icon('menu'));
    this.settings = h('button', { type: 'button', class: 'quiet', 'aria-label': 'Settings', 'aria-controls': 'panel', 'aria-expanded': 'false', onclick: () => this.togglePanel() }, icon('settings'));
    byId('top').append(this.menu, this.picker, this.#title, h('span', { class: 'grow' }), this.settings);
    byId('veil').addEventListener('click', () => this.closeTop());
    NARROW.addEventListener('change', () => this.#setSide(!NARROW.matches));
    this.#setSide(!NARROW.matches);
  }

  fill({ side, panel }) {
    byId('side').append(side);
    byId('panel').append(panel);
  }

  /** The bar for a page: a conversation has a model and settings, the others a title. */
  show(page) {
    const chatting = page === 'chat';
    this.picker.hidden = !chatting;
    this.settings.hidden = !chatting;
    this.#title.className = chatting ? 'unseen' : 'title'; // the model stands where the title of other pages does
    this.#title.textContent = { runs: 'Runs', usage: 'Usage' }[page] ?? 'Conversation';
    document.title = chatting ? 'Sputnik' : `${this.#title.textContent} – Sputnik`;
    if (!chatting) { this.closePanel(); }
    if (NARROW.matches) { this.closeSide(); }
  }

  toggleSide() { this.#setSide(byId('shell').classList.contains('side-closed')); }

  closeSide() {
    if (NARROW.matches) { this.#setSide(false); }
  }

  #setSide(open) {
    byId('shell').classList.toggle('side-closed', !open);
    byId('side').inert = !open;
    this.menu.setAttribute('aria-expanded', String(open));
    this.#veil();
    if (open && NARROW.matches) { byId('side').querySelector('a, button')?.focus(); }
  }

  togglePanel() { this.#setPanel(byId('panel').hidden); }

  closePanel() {
    if (!byId('panel').hidden) { this.#setPanel(false); }
  }

  #setPanel(open) {
    byId('panel').hidden = !open;
    this.settings.setAttribute('aria-expanded', String(open));
    this.#veil();
    if (open) { byId('panel').querySelector('input, textarea, select')?.focus(); } else { this.settings.focus(); }
  }

  #veil() {
    byId('veil').hidden = !NARROW.matches || (byId('shell').classList.contains('side-closed') && byId('panel').hidden);
  }

  /** Closes what lies over the page, if anything does. */
  closeTop() {
    if (!byId('panel').hidden) { this.closePanel(); return true; }
    if (NARROW.matches && !byId('shell').classList.contains('side-closed')) { this.#setSide(false); this.menu.focus(); return true; }
    return false;
  }
}
