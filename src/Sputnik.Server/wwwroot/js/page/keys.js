import { help } from './dialogs.js';
import { typing } from './dom.js';
import { preferences } from './preferences.js';
import { go } from './router.js';

/** What the keys do. A single letter works outside of text fields, and can be switched off. */
export const SHORTCUTS = [
  { keys: ['Enter'], does: 'Send (Shift+Enter: a new line)' },
  { keys: ['Ctrl', 'Enter'], does: 'Send, wherever the cursor is' },
  { keys: ['Esc'], does: 'Stop the answer; close what is open' },
  { keys: ['Ctrl', '.'], does: 'Stop thinking, answer now' },
  { keys: ['/'], does: 'Write', key: '/', run: ({ chat }) => chat.focus() },
  { keys: ['N'], does: 'New conversation', key: 'n', run: () => go('#/') },
  { keys: ['R'], does: 'Answer again', key: 'r', run: ({ chat }) => chat.retryLast() },
  { keys: ['E'], does: 'Edit the last question', key: 'e', run: ({ chat }) => chat.editLast() },
  { keys: ['C'], does: 'Copy the last answer', key: 'c', run: ({ chat }) => chat.copyLast() },
  { keys: ['['], does: 'Earlier version of the last answer', key: '[', run: ({ chat }) => chat.turnLast(-1) },
  { keys: [']'], does: 'Later version of the last answer', key: ']', run: ({ chat }) => chat.turnLast(1) },
  { keys: ['T'], does: 'Show or hide the last thinking', key: 't', run: ({ chat }) => chat.toggleThinking() },
  { keys: ['S'], does: 'Settings', key: 's', run: ({ shell }) => shell.togglePanel() },
  { keys: ['?'], does: 'This list', key: '?', run: () => help() },
];

/** Listens to the keys of the whole page. `shown` tells the page shown. */
export function listen({ chat, shell, shown }) {
  const chatting = () => shown() === chat;
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.isComposing || document.querySelector('dialog[open]')) { return; }
    const control = event.ctrlKey || event.metaKey;
    if (event.key === 'Escape') {
      if (!shell.closeTop() && chatting()) { chat.stop(); }
    } else if (control && event.key === 'Enter' && chatting()) {
      event.preventDefault();
      chat.send();
    } else if (control && event.key === '.' && chatting()) {
      event.preventDefault();
      chat.stopThinking();
    } else if (!control && !event.altKey && !typing(event.target) && preferences().keys) {
      const shortcut = SHORTCUTS.find(({ key }) => key === event.key.toLowerCase());
      if (shortcut && (chatting() || '?n'.includes(shortcut.key))) {
        event.preventDefault();
        shortcut.run({ chat, shell });
      }
    }
  });
}
