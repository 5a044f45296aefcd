import { byId, h } from './dom.js';
import { icon } from './icons.js';

/** How long a notice stays, in milliseconds: time to read two lines. */
const SHOWN = 8000;

/** Shows what went wrong. */
export function complain(error) {
  if (error?.name === 'AbortError') { return; }
  warn(typeof error === 'string' ? error : error?.message || 'Something went wrong.');
}

/** Shows a notice, which a screen reader says at once. */
export function warn(text) {
  const close = h('button', { type: 'button', class: 'quiet', 'aria-label': 'Dismiss', onclick: () => toast.remove() }, icon('close'));
  const toast = h('div', { class: 'toast' }, h('p', {}, text), close);
  byId('toasts').append(toast);
  setTimeout(() => toast.remove(), SHOWN);
}
