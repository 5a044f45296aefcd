import { read } from '../api/client.js';
import { h } from '../page/dom.js';
import { count } from '../page/words.js';
import { Curves } from './curves.js';
import { rollouts } from './rollouts.js';

/** How often a run is read again while it is watched, in milliseconds: a training step takes longer. */
const READ_EVERY = 3000;

/** Training runs: which there are, their curves as they grow, and what the model writes meanwhile. */
export class RunsPage {
  #timer = null;
  #name = null;
  #read = null;
  #visit = 0;

  constructor() {
    this.list = h('nav', { class: 'run-list', 'aria-label': 'Runs' });
    this.head = h('div', { class: 'run-head' });
    this.curves = new Curves();
    this.samples = h('section', { class: 'samples', 'aria-label': 'Sample rollouts' });
    this.note = h('p', { class: 'empty', role: 'status' });
    this.detail = h('div', { class: 'run' }, this.head, this.curves.element, this.samples);
    this.element = h('div', { class: 'view runs' }, this.note, this.list, this.detail);
  }

  async open(name) {
    this.leave();
    this.#name = name;
    await this.#look(this.#visit);
  }

  /** No more reading; an answer still under way is not shown. */
  leave() {
    clearTimeout(this.#timer);
    this.#visit += 1;
  }

  async #look(visit) {
    try {
      const runs = await read('/ui/runs');
      if (visit !== this.#visit) { return; }
      const run = runs.find(({ name }) => name === this.#name) ?? (this.#name === null ? runs[0] : undefined);
      this.#showList(runs, run);
      if (run) { await this.#showRun(run, visit); }
    } catch (error) {
      if (visit === this.#visit) { this.#say(missing(error, 'This server shows no runs. Start it where the run folders are.')); this.list.replaceChildren(); }
    }
    if (visit === this.#visit) { this.#timer = setTimeout(() => (document.hidden ? this.#later(visit) : this.#look(visit)), READ_EVERY); }
  }

  #later(visit) {
    document.addEventListener('visibilitychange', () => { if (visit === this.#visit) { this.#look(visit); } }, { once: true });
  }

  #say(text) {
    if (this.note.textContent !== text) { this.note.textContent = text; }
    this.note.hidden = text === '';
    this.detail.hidden = text !== '';
  }

  #showList(runs, chosen) {
    this.#say(runs.length === 0 ? 'No runs yet. “sputnik train” makes one; it shows here as it goes.' : chosen ? '' : `There is no run '${this.#name}'.`);
    const focused = document.activeElement?.dataset?.run;
    this.list.replaceChildren(...runs.map(({ name, started, state }) => {
      const link = h('a', { href: `#/runs/${encodeURIComponent(name)}`, 'data-run': name }, h('strong', {}, name), h('span', { class: `state ${state === 'running' ? 'running' : ''}` }, `${state ?? ''} · ${when(started)}`));
      if (name === chosen?.name) { link.setAttribute('aria-current', 'page'); }
      return link;
    }));
    if (focused) { this.list.querySelector(`[data-run="${CSS.escape(focused)}"]`)?.focus(); }
  }

  async #showRun(run, visit) {
    const version = `${run.name} ${run.state} ${run.started}`;
    if (run.state === 'finished' && version === this.#read) { return; }
    const at = `/ui/runs/${encodeURIComponent(run.name)}`;
    let metrics;
    let samples;
    try {
      [metrics, samples] = await Promise.all([read(`${at}/metrics`), read(`${at}/rollouts`)]);
    } catch (error) {
      if (visit === this.#visit) { this.#say(missing(error, 'Nothing is known of this run yet.')); this.#read = null; }
      return;
    }
    if (visit !== this.#visit) { return; }
    const stages = (run.stages ?? []).map((stage) => (typeof stage === 'string' ? stage : stage?.name)).filter(Boolean);
    this.head.replaceChildren(h('h2', {}, run.name), h('p', { class: 'hint' }, [run.state, `started ${when(run.started)}`, stages.length > 0 && stages.join(' → '), `${count(steps(metrics))} steps`].filter(Boolean).join(' · ')));
    this.curves.show(run.name, metrics.series ?? {});
    rollouts(this.samples, Array.isArray(samples) ? samples : []);
    this.#read = version;
  }
}

const steps = (metrics) => Math.max(0, ...Object.values(metrics.series ?? {}).map((points) => points.at(-1)?.[0] ?? 0));

function when(started) {
  const time = new Date(started);
  return Number.isNaN(time.getTime()) ? 'at an unknown time' : time.toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
}

function missing(error, nothing) {
  return error.status === 404 ? nothing : `The runs cannot be read: ${error.message}`;
}
