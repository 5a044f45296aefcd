import { Tokenizer } from '../../vendor/marked-18.2.1/marked.esm.js';

/** Deepest nesting that is read as such, far beyond what people write. Each level reads its text again, so without a limit a line of `>` costs its square, and the stack. */
const DEEPEST = 16;

/** Markdown's tokenizer with a limit on nesting, and without HTML: that is never recognised, so it stays text and is escaped as such. */
export class ShallowTokenizer extends Tokenizer {
  #depth = 0;

  html() { return undefined; }

  tag() { return undefined; }

  blockquote(src) { return this.#deeper(() => super.blockquote(src)); }

  list(src) { return this.#deeper(() => super.list(src)); }

  link(src) { return this.#deeper(() => super.link(src)); }

  reflink(...args) { return this.#deeper(() => super.reflink(...args)); }

  emStrong(...args) { return this.#deeper(() => super.emStrong(...args)); }

  del(...args) { return this.#deeper(() => super.del(...args)); }

  #deeper(read) {
    if (this.#depth >= DEEPEST) { return undefined; }
    this.#depth += 1;
    try {
      return read();
    } finally {
      this.#depth -= 1;
    }
  }
}
