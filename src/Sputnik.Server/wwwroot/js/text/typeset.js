import { safe } from './safe.js';

/** Names models give to languages, and the file that colours each. */
const LANGUAGES = {
  bash: 'bash', sh: 'bash', shell: 'bash', zsh: 'bash', c: 'c', h: 'c', cpp: 'cpp', 'c++': 'cpp', cs: 'csharp', csharp: 'csharp', 'c#': 'csharp',
  css: 'css', diff: 'diff', go: 'go', java: 'java', javascript: 'javascript', js: 'javascript', jsx: 'javascript', json: 'json', md: 'markdown',
  markdown: 'markdown', py: 'python', python: 'python', rs: 'rust', rust: 'rust', sql: 'sql', ts: 'typescript', tsx: 'typescript', typescript: 'typescript',
  html: 'xml', xml: 'xml', svg: 'xml', yaml: 'yaml', yml: 'yaml',
};

/** Longest code that is coloured while it grows; colouring costs time in proportion. */
const LONGEST = 30000;

let katex = null;
let highlighter = null;
const languages = new Map();

/** Typesets the formulas and colours the code of a part of the page that is safe already. What is needed is loaded when first met. */
export function typeset(element) {
  for (const place of element.querySelectorAll('.maths')) { formula(place); }
  for (const place of element.querySelectorAll('pre > code[class^="language-"]')) { code(place); }
}

async function formula(place) {
  const tex = place.textContent;
  katex ??= import('../../vendor/katex-0.19.1/katex.mjs').then((module) => module.default);
  const engine = await katex;
  // trust: no links, images or classes out of TeX; the limits keep a formula from growing over the page or without end.
  engine.render(tex, place, {
    displayMode: place.classList.contains('display'), throwOnError: false, trust: false, strict: 'ignore', maxSize: 20, maxExpand: 500, errorColor: 'currentColor',
  });
}

async function code(place) {
  const name = LANGUAGES[place.className.slice('language-'.length).toLowerCase()];
  const text = place.textContent;
  if (!name || text.length > LONGEST) { return; }
  const engine = await withLanguage(name);
  place.replaceChildren(safe(engine.highlight(text, { language: name }).value));
}

async function withLanguage(name) {
  highlighter ??= import('../../vendor/highlight.js-11.12.0/core.min.js').then((module) => module.default);
  const engine = await highlighter;
  if (!languages.has(name)) {
    languages.set(name, import(`../../vendor/highlight.js-11.12.0/languages/${name}.min.js`).then((module) => engine.registerLanguage(name, module.default)));
  }
  await languages.get(name);
  return engine;
}
