import { icon } from './icons.js';
import { say } from './announcer.js';

/** How long a button shows that it worked, in milliseconds. */
const SHOWN = 1500;

/** Copies a text and shows it on the button. Where the page is not served over a safe connection browsers have no clipboard for scripts; then it is copied from a field. */
export async function copy(text, button) {
  if (navigator.clipboard) { await navigator.clipboard.writeText(text); } else { fromField(text); }
  say('Copied');
  const before = [...button.childNodes];
  button.replaceChildren(icon('check'));
  setTimeout(() => button.replaceChildren(...before), SHOWN);
}

function fromField(text) {
  const field = document.createElement('textarea');
  field.value = text;
  field.className = 'unseen';
  document.body.append(field);
  field.select();
  document.execCommand('copy');
  field.remove();
}
