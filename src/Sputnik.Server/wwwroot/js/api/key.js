/** The key of this tab: gone when the tab closes, never written to disk by the page. */
const SLOT = 'sputnik.key';

let asking = null;
let question = async () => null;

export const current = () => sessionStorage.getItem(SLOT);

export const forget = () => sessionStorage.removeItem(SLOT);

/** Says how the reader is asked: from a reason to a key, or null where they decline. */
export function askWith(dialog) {
  question = dialog;
}

/** Asks for a key; requests that fail at the same time share one question. */
export async function ask(reason) {
  asking ??= question(reason).finally(() => { asking = null; });
  const key = await asking;
  if (!key) { return false; }
  sessionStorage.setItem(SLOT, key);
  return true;
}
