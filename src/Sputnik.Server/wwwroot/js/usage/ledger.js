import { cost } from '../chat/meter.js';

const PARTS = ['prompt_tokens', 'completion_tokens', 'reasoning_tokens', 'cpu_hours'];

/** The sum of entries of the ledger. */
export function total(entries) {
  const sum = Object.fromEntries(PARTS.map((part) => [part, 0]));
  for (const entry of entries) {
    for (const part of PARTS) { sum[part] += Number.isFinite(entry[part]) ? entry[part] : 0; }
  }
  return sum;
}

/** Entries summed by a field (`day`, `key`, `model`), as `{ name, …sums }`, names descending. */
export function by(entries, field) {
  const groups = Map.groupBy ? Map.groupBy(entries, (entry) => String(entry[field] ?? '')) : group(entries, field);
  return [...groups].map(([name, members]) => ({ name, ...total(members) })).sort((a, b) => (a.name < b.name ? 1 : -1));
}

function group(entries, field) {
  const groups = new Map();
  for (const entry of entries) {
    const name = String(entry[field] ?? '');
    groups.set(name, [...(groups.get(name) ?? []), entry]);
  }
  return groups;
}

/** What tokens would have cost elsewhere, at a price per million. */
export const worth = (sum, price) => cost(sum, price);

/** The price of the server's ledger where it has one (`{ prompt, completion }` per million), else the reader's. */
export function priceOf(price, otherwise) {
  return Number.isFinite(price?.prompt) && Number.isFinite(price?.completion) ? price : otherwise;
}
