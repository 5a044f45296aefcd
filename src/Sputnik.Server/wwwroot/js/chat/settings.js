/** Numbers the reader may set; where one is empty the server's own default for the model holds, so none is invented here. */
export const NUMBERS = [
  { name: 'temperature', label: 'Temperature', min: 0, max: 2, step: 0.05, hint: 'R1: 0.6' },
  { name: 'top_p', label: 'Top-p', min: 0, max: 1, step: 0.01, hint: 'R1: 0.95' },
  { name: 'top_k', label: 'Top-k', min: 0, max: 100000, step: 1, whole: true, hint: '0 is off' },
  { name: 'min_p', label: 'Min-p', min: 0, max: 1, step: 0.01, hint: '0 is off' },
  { name: 'seed', label: 'Seed', min: 0, max: Number.MAX_SAFE_INTEGER, step: 1, whole: true, hint: 'the same seed, the same answer' },
  { name: 'max_tokens', label: 'Most tokens', min: 1, max: 10000000, step: 1, whole: true, hint: 'thinking and answer together' },
  { name: 'thinking_token_budget', label: 'Thinking budget', min: 0, max: 10000000, step: 1, whole: true, hint: 'tokens; then it must answer' },
];

/** How hard the model thinks; the empty one leaves it to the server. */
export const EFFORTS = [['', 'Auto'], ['none', 'Off'], ['low', 'Low'], ['medium', 'Medium'], ['high', 'High']];

/** Settings out of anything that was stored or imported: what is not a setting, or out of its range, is left out. */
export function clean(settings) {
  const kept = {};
  if (settings === null || typeof settings !== 'object') { return kept; }
  for (const { name, min, max, whole } of NUMBERS) {
    const value = settings[name];
    if (typeof value === 'number' && value >= min && value <= max && (!whole || Number.isSafeInteger(value))) { kept[name] = value; }
  }
  if (EFFORTS.some(([effort]) => effort !== '' && effort === settings.reasoning_effort)) { kept.reasoning_effort = settings.reasoning_effort; }
  if (typeof settings.system === 'string' && settings.system.trim() !== '') { kept.system = settings.system.slice(0, 100000); }
  return kept;
}

/** The body of a completion: `turns` are `{ role, content }`; earlier thinking is never sent back, as R1's API has it. */
export function toRequest(settings, model, turns) {
  const { system, ...sampling } = clean(settings);
  const messages = system ? [{ role: 'system', content: system }, ...turns] : turns;
  return { model, messages, ...sampling };
}
