import { Marked } from '../../vendor/marked-18.2.1/marked.esm.js';
import { maths } from './maths.js';
import { ShallowTokenizer } from './shallow.js';

/**
 * Markdown as HTML. What a model writes is hostile: raw HTML is shown as the text it is, links lead only to http, https and mail,
 * images become links. The result goes through safe.js before it meets the page; either alone would do.
 */
const marked = new Marked({
  gfm: true,
  extensions: maths,
  renderer: {
    code({ text, lang }) {
      const language = /^[\w#+-]{1,20}/.exec(lang ?? '')?.[0] ?? '';
      return `<pre><code${language ? ` class="language-${escape(language)}"` : ''}>${escape(text)}\n</code></pre>`;
    },
    text(token) { return token.tokens ? this.parser.parseInline(token.tokens) : escape(token.text); },
    codespan({ text }) { return `<code>${escape(text)}</code>`; },
    checkbox({ checked }) { return checked ? '☑ ' : '☐ '; },
    html({ text }) { return escape(text); },
    image({ href, text }) {
      const url = safeUrl(href);
      const label = `Image: ${escape(text || href)}`;
      return url ? `<a href="${escape(url)}">${label}</a>` : label;
    },
    link({ href, tokens }) {
      const url = safeUrl(href);
      const label = this.parser.parseInline(tokens);
      return url ? `<a href="${escape(url)}">${label}</a>` : label;
    },
  },
});

marked.setOptions({ tokenizer: new ShallowTokenizer() });

/** The blocks of a text: tokens with their `raw` source. */
export function blocks(text) {
  return marked.lexer(text).filter((token) => token.type !== 'space' && token.type !== 'def');
}

/** One block as HTML, not sanitised yet. */
export const html = (token) => marked.parser([token]);

/** The address of a link where it may be followed, or null: absolute, http, https or mail. */
export function safeUrl(href) {
  const url = URL.parse?.(href) ?? parse(href);
  return url !== null && ['http:', 'https:', 'mailto:'].includes(url.protocol) ? url.href : null;
}

function parse(href) {
  return URL.canParse(href) ? new URL(href) : null;
}

const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

export const escape = (text) => text.replace(/[&<>"']/g, (character) => ENTITIES[character]);
