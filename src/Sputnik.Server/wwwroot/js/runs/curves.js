import uPlot from '../../vendor/uplot-1.6.32/uPlot.esm.js';
import { h } from '../page/dom.js';

const HEIGHT = 150;

/** Curves that come first, of whatever stage: what one looks at first. The others follow by name. */
const FIRST = ['reward', 'accuracy', 'loss', 'length', 'entropy', 'kl'];

/** One small plot a series, redrawn as it grows. */
export class Curves {
  #plots = new Map();
  #run = null;

  constructor() {
    this.element = h('div', { class: 'curves' });
    new ResizeObserver(() => this.#fit()).observe(this.element);
    addEventListener('themechange', () => this.#restyle());
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.#restyle());
  }

  show(run, series) {
    if (run !== this.#run) { this.#clear(); }
    this.#run = run;
    for (const name of ordered(Object.keys(series))) {
      const points = series[name].filter((point) => Number.isFinite(point?.[0]) && Number.isFinite(point?.[1]));
      if (points.length > 0) { this.#draw(name, [points.map(([step]) => step), points.map(([, value]) => value)]); }
    }
  }

  #draw(name, data) {
    const [steps, values] = data;
    const shown = this.#plots.get(name);
    const told = `${name}: ${figure(values.at(-1))} at step ${steps.at(-1)}, ${figure(values[0])} at step ${steps[0]}; lowest ${figure(least(values))}, highest ${figure(-least(values.map((value) => -value)))}`;
    if (shown) {
      shown.data = data;
      shown.plot.setData(data);
      shown.value.textContent = figure(values.at(-1));
      shown.frame.setAttribute('aria-label', told);
      return;
    }
    const value = h('span', { class: 'curve-value' }, figure(values.at(-1)));
    const frame = h('div', { class: 'curve', role: 'img', 'aria-label': told }, h('div', { class: 'curve-head' }, h('span', {}, name.replaceAll('_', ' ')), value));
    this.element.append(frame);
    this.#plots.set(name, { frame, value, data, plot: plotOf(frame, data) });
  }

  #fit() {
    for (const { frame, plot } of this.#plots.values()) {
      const width = widthOf(frame);
      if (width > 0 && width !== plot.width) { plot.setSize({ width, height: HEIGHT }); }
    }
  }

  #restyle() {
    for (const shown of this.#plots.values()) {
      shown.plot.destroy();
      shown.plot = plotOf(shown.frame, shown.data);
    }
  }

  #clear() {
    for (const { plot } of this.#plots.values()) { plot.destroy(); }
    this.#plots.clear();
    this.element.replaceChildren();
  }
}

const ordered = (names) => names.sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));

/** A series is called stage.name. */
function rank(name) {
  const place = FIRST.indexOf(name.slice(name.lastIndexOf('.') + 1));
  return place < 0 ? FIRST.length : place;
}

const least = (values) => values.reduce((a, b) => Math.min(a, b));

const figure = (value) => (value !== 0 && Math.abs(value) < 0.001 ? value.toExponential(2) : String(Number(value.toPrecision(4))));

function widthOf(frame) {
  const style = getComputedStyle(frame);
  return Math.floor(frame.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight));
}

function plotOf(frame, data) {
  const style = getComputedStyle(document.documentElement);
  const color = (name) => style.getPropertyValue(name).trim();
  const axis = { stroke: color('--muted'), font: '11px system-ui', grid: { stroke: color('--line'), width: 1 }, ticks: { show: false } };
  return new uPlot({
    width: Math.max(widthOf(frame), 200), height: HEIGHT, padding: [8, 8, 0, 0], legend: { show: false }, cursor: { y: false },
    scales: { x: { time: false } },
    axes: [{ ...axis, grid: { show: false }, size: 24, space: 60 }, { ...axis, size: 48, space: 36 }],
    series: [{}, { stroke: color('--accent'), width: 1.75, points: { show: data[0].length === 1 } }],
  }, data, frame);
}
