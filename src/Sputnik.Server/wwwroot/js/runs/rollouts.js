import { h } from '../page/dom.js';
import { count } from '../page/words.js';

/** Samples shown at first; each is long. */
const SHOWN = 12;

let key = '';

/** Fills a place with samples, which come latest first. What the reader opened stays open, for nothing is redrawn until a sample is new. */
export function rollouts(place, samples) {
  const next = `${location.hash} ${samples.length} ${samples[0]?.step}`;
  if (next === key && place.childElementCount > 0) { return; }
  key = next;
  const more = h('button', { type: 'button', onclick: () => more.replaceWith(...samples.slice(SHOWN).map(sample)) }, `Show ${count(samples.length - SHOWN)} more`);
  place.replaceChildren(
    h('h3', {}, 'Samples'),
    ...(samples.length === 0 ? [h('p', { class: 'hint' }, 'None written yet.')] : samples.slice(0, SHOWN).map(sample)),
    ...(samples.length > SHOWN ? [more] : []));
}

/** A sample as plain text: a model in training writes anything. */
function sample({ step, prompt, answer, reward }) {
  const first = String(prompt ?? '').trim().split('\n', 1)[0];
  return h('details', { class: 'sample' },
    h('summary', {}, h('span', { class: 'sample-step' }, `step ${step}`), h('span', { class: 'sample-prompt' }, first), h('span', { class: `reward ${reward > 0 ? 'good' : ''}`, 'aria-label': `reward ${reward}` }, String(Number(Number(reward).toPrecision(3))))),
    h('h4', {}, 'Prompt'), h('pre', { tabindex: '0' }, String(prompt ?? '')), h('h4', {}, 'Answer'), h('pre', { tabindex: '0' }, String(answer ?? '')));
}
