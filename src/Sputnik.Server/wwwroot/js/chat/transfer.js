import { exported, imported } from './exchange.js';

/** Gives the reader a file with conversations. */
export function download(conversations, now) {
  const url = URL.createObjectURL(new Blob([exported(conversations, now)], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `sputnik-conversations-${new Date(now).toISOString().slice(0, 10)}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60000);
}

/** Adds the conversations of a file, all or none, and returns how many. One that is there already is kept beside the new one. */
export async function importFile(file, store) {
  const conversations = imported(await file.text());
  for (const conversation of conversations) {
    const taken = (await store.get(conversation.id)) !== null;
    await store.put(taken ? { ...conversation, id: crypto.randomUUID() } : conversation);
  }
  return conversations.length;
}
