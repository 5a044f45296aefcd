import { byId } from './dom.js';

/** Lines a screen reader may still have to read; older ones are dropped. */
const KEPT = 30;

/** Has a screen reader say a text when it is next free. */
export function say(text) {
  const line = document.createElement('p');
  line.textContent = text;
  const live = byId('live');
  live.append(line);
  while (live.childElementCount > KEPT) { live.firstElementChild.remove(); }
}
