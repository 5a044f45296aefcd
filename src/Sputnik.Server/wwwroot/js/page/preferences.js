import { LIST_PRICE } from '../chat/meter.js';
import { clean } from '../chat/settings.js';

const SLOT = 'sputnik.preferences';

const DEFAULTS = { theme: 'system', model: '', keys: true, price: LIST_PRICE, settings: {} };

/** What the reader prefers in this browser. What is not understood gives way to the default. */
export function preferences() {
  let stored = {};
  try {
    stored = JSON.parse(localStorage.getItem(SLOT)) ?? {};
  } catch {
    stored = {}; // written by something else: the defaults hold
  }
  const number = (value, otherwise) => (typeof value === 'number' && value >= 0 && Number.isFinite(value) ? value : otherwise);
  return {
    theme: ['light', 'dark'].includes(stored.theme) ? stored.theme : DEFAULTS.theme,
    model: typeof stored.model === 'string' ? stored.model : DEFAULTS.model,
    keys: stored.keys !== false,
    price: { prompt: number(stored.price?.prompt, LIST_PRICE.prompt), completion: number(stored.price?.completion, LIST_PRICE.completion) },
    settings: clean(stored.settings ?? {}),
  };
}

export function prefer(changes) {
  localStorage.setItem(SLOT, JSON.stringify({ ...preferences(), ...changes }));
}
