import { h } from './dom.js';
import { SHORTCUTS } from './keys.js';
import { preferences, prefer } from './preferences.js';

/** Shows a dialog and resolves to what `result` makes of it, or null where it is dismissed. */
function show(title, body, { confirm = 'OK', danger = false, cancel = 'Cancel', result = () => true } = {}) {
  return new Promise((resolve) => {
    const dialog = h('dialog', { 'aria-labelledby': 'dialog-title' },
      h('form', { method: 'dialog' },
        h('h2', { id: 'dialog-title' }, title), body,
        h('div', { class: 'dialog-buttons' },
          cancel && h('button', { type: 'button', onclick: () => dialog.close('') }, cancel),
          h('button', { type: 'submit', value: 'yes', class: danger ? 'primary danger' : 'primary' }, confirm))));
    dialog.addEventListener('close', () => {
      const answer = dialog.returnValue === 'yes' ? result() : null;
      dialog.remove();
      resolve(answer);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

export const sure = (title, text, confirm) => show(title, h('p', {}, text), { confirm, danger: true });

/** Asks for the server's key. */
export function askForKey(reason) {
  const field = h('input', { type: 'password', id: 'key', autocomplete: 'off', required: true, spellcheck: 'false' });
  const body = h('div', { class: 'fields' },
    h('p', {}, `${reason} The key stays in this tab and goes to this server only.`),
    h('label', { for: 'key' }, 'Key'), field);
  return show('This server asks for a key', body, { confirm: 'Use key', result: () => field.value.trim() || null });
}

/** Asks for the text of a web page: the page itself is never fetched. */
export function askForPage() {
  const name = h('input', { type: 'text', id: 'page-name', maxlength: '300', placeholder: 'Title or address' });
  const text = h('textarea', { id: 'page-text', rows: '10', required: true });
  const body = h('div', { class: 'fields' },
    h('p', {}, 'Paste what the page says. It is given to the model as a search result, which it can cite by number.'),
    h('label', { for: 'page-name' }, 'Title'), name, h('label', { for: 'page-text' }, 'Text'), text);
  return show('Add a web page', body, { confirm: 'Add page', result: () => (text.value.trim() ? { kind: 'page', name: name.value.trim(), text: text.value } : null) });
}

export function help() {
  const single = h('input', { type: 'checkbox', id: 'single-keys' });
  single.checked = preferences().keys;
  single.addEventListener('change', () => prefer({ keys: single.checked }));
  const rows = SHORTCUTS.map(({ keys, does }) => h('tr', {}, h('td', {}, keys.map((key) => h('kbd', {}, key))), h('td', {}, does)));
  const body = h('div', {},
    h('table', { class: 'shortcuts' }, h('tbody', {}, rows)),
    h('label', { class: 'check', for: 'single-keys' }, single, 'Shortcuts of a single letter'));
  return show('Keyboard', body, { confirm: 'Close', cancel: null });
}
