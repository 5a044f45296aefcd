import { h } from '../page/dom.js';
import { preferences } from '../page/preferences.js';
import { brief, count, dollars, tenth } from '../page/words.js';
import { contextNow, saved } from './meter.js';
import { speed } from './turn.js';

/** From here on the context is nearly full: an answer of R1's usual length may no longer fit. */
const NEARLY_FULL = 0.8;

/** The line under the composer: context, speed, money. */
export class MeterLine {
  constructor(element, page) {
    this.page = page;
    this.fill = h('span', { class: 'meter-fill' });
    this.bar = h('span', { class: 'meter', role: 'meter', 'aria-label': 'Context used', 'aria-valuemin': '0' }, this.fill);
    this.context = h('span', {});
    this.speed = h('span', {});
    this.money = h('span', { title: 'What these tokens would have cost elsewhere; the price is in the settings' });
    element.append(this.bar, this.context, this.speed, this.money);
    this.element = element;
  }

  show() {
    const { conversation, models } = this.page;
    const used = contextNow(conversation.path);
    const most = models.context;
    this.bar.hidden = used === null || most === null;
    this.context.hidden = used === null;
    if (used !== null) {
      this.context.textContent = most === null ? `${brief(used)} tokens of context` : `${brief(used)} of ${brief(most)}`;
    }
    if (!this.bar.hidden) {
      const part = Math.min(used / most, 1);
      this.fill.style.width = `${part * 100}%`;
      this.bar.classList.toggle('full', part > NEARLY_FULL);
      this.bar.setAttribute('aria-valuemax', String(most));
      this.bar.setAttribute('aria-valuenow', String(Math.min(used, most)));
      this.bar.setAttribute('aria-valuetext', `${count(used)} of ${count(most)} tokens`);
    }
    const answer = conversation.path.findLast((message) => message.role === 'assistant');
    const rate = answer ? speed(answer, Date.now()) : null;
    this.speed.hidden = rate === null;
    this.speed.textContent = rate === null ? '' : `${tenth(rate)} tokens/s`;
    const sum = saved(conversation.tree.toJSON().messages, preferences().price);
    this.money.hidden = sum === 0;
    this.money.textContent = `${dollars(sum)} saved`;
  }
}
