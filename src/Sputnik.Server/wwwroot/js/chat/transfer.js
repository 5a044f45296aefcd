import { exported, imported } from './exchange.js';
import { newId } from '../page/ids.js';

/** Gives the reader a file with conversations. */
export function download(conversations, now) {
  const url = URL.createObjectURL(new Blob([exported(conversations, now)], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `sputnik-conversations-${new Date(now).toISOString().slice(0, 10)}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60000);
}

/** Adds the conversations of a file, once all of it was found to be right, and returns how many. One that is there already is kept beside the new one. */
export async function importFile(file, store) {
  const conversations = imported(await file.text());
  for (const conversation of conversations) {
    const taken = (await store.get(conversation.id)) !== null;
    await store.put(taken ? { ...conversation, id: newId() } : conversation);
  }
  return conversations.length;
}
