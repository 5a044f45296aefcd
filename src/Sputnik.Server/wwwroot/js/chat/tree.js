import { newId } from '../page/ids.js';

/** Parent of the first messages. */
export const ROOT = '';

/**
 * A conversation whose questions can be put differently and whose answers can be drawn again: a tree of messages, in which one path is shown.
 * Messages lie in the order they were made, so a parent always stands before its children. `chosen` maps a parent to the child shown.
 */
export class MessageTree {
  #messages = new Map();
  #children = new Map([[ROOT, []]]);
  #chosen = new Map();

  constructor({ messages = [], chosen = {} } = {}) {
    for (const message of messages) { this.#put(message); }
    for (const [parent, child] of Object.entries(chosen)) {
      if (this.#children.get(parent)?.includes(child)) { this.#chosen.set(parent, child); }
    }
  }

  get size() { return this.#messages.size; }

  get(id) { return this.#messages.get(id) ?? null; }

  /** Adds a message under a parent and shows it. */
  add(parent, fields) {
    const message = { ...fields, id: fields.id ?? newId(), parent };
    this.#put(message);
    this.choose(message.id);
    return message;
  }

  #put(message) {
    if (this.#messages.has(message.id) || message.id === ROOT) { throw new RangeError(`Two messages are named '${message.id}'.`); }
    const siblings = this.#children.get(message.parent);
    if (siblings === undefined) { throw new RangeError(`Message '${message.id}' answers '${message.parent}', which does not stand before it.`); }
    this.#messages.set(message.id, message);
    this.#children.set(message.id, []);
    siblings.push(message.id);
  }

  /** The messages shown, first to last. */
  path() {
    const path = [];
    for (let at = this.#shown(ROOT); at !== null; at = this.#shown(at)) { path.push(this.#messages.get(at)); }
    return path;
  }

  /** The messages that lead to one, itself last. */
  lineage(id) {
    const line = [];
    for (let message = this.get(id); message !== null; message = this.get(message.parent)) { line.unshift(message); }
    return line;
  }

  #shown(parent) {
    return this.#chosen.get(parent) ?? this.#children.get(parent).at(-1) ?? null;
  }

  /** The versions a message is one of: `{ ids, index }`. */
  siblings(id) {
    const ids = [...this.#children.get(this.#messages.get(id).parent)];
    return { ids, index: ids.indexOf(id) };
  }

  /** Shows a message: it is chosen among its siblings, as are those that lead to it. */
  choose(id) {
    for (const message of this.lineage(id)) { this.#chosen.set(message.parent, message.id); }
  }

  /** Removes a message with all that follows it. */
  remove(id) {
    const message = this.get(id);
    if (message === null) { return; }
    const doomed = [id];
    for (const at of doomed) { doomed.push(...this.#children.get(at)); }
    for (const at of doomed) {
      this.#messages.delete(at);
      this.#children.delete(at);
      this.#chosen.delete(at);
    }
    const siblings = this.#children.get(message.parent);
    siblings.splice(siblings.indexOf(id), 1);
    if (this.#chosen.get(message.parent) === id) { this.#chosen.delete(message.parent); }
  }

  toJSON() {
    return { messages: [...this.#messages.values()], chosen: Object.fromEntries(this.#chosen) };
  }
}
