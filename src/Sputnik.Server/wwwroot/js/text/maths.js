/** Longest formula that is typeset; a longer one is shown as it was written. */
const LONGEST = 10000;

/** How formulas are marked: opening, closing, and whether they stand on lines of their own. */
const MARKS = [['$$', '$$', true], ['\\[', '\\]', true], ['\\(', '\\)', false]];

const BOX = '\\boxed{';

/** The formula at the start of a text: `{ raw, tex, display }` or null. */
export function formulaAt(whole) {
  const text = whole.slice(0, LONGEST); // what is never closed costs no more than this at each mark
  for (const [open, close, display] of MARKS) {
    if (text.startsWith(open)) {
      const end = text.indexOf(close, open.length);
      return end < 0 ? null : formula(text.slice(0, end + close.length), text.slice(open.length, end), display);
    }
  }
  if (text.startsWith(BOX)) { return boxAt(text); }
  return text.startsWith('\\begin{') ? environmentAt(text) : dollarsAt(text);
}

/** A boxed answer without marks, as reasoning models trained on checked answers end. */
function boxAt(text) {
  let depth = 1;
  for (let at = BOX.length; at < text.length && text[at] !== '\n'; at++) {
    if (text[at] === '\\') { at++; continue; }
    depth += { '{': 1, '}': -1 }[text[at]] ?? 0;
    if (depth === 0) { return formula(text.slice(0, at + 1), text.slice(0, at + 1), false); }
  }
  return null;
}

/** A formula between single dollars, with pandoc's rule against prices: no blank inside the dollars, no digit after the second. */
function dollarsAt(text) {
  if (text[0] !== '$' || text.length < 3 || ' \t\n$'.includes(text[1])) { return null; }
  for (let at = 1; at < text.length && at < LONGEST; at++) {
    if (text[at] === '\\') { at++; continue; }
    if (text[at] === '\n' && text[at + 1] === '\n') { return null; }
    if (text[at] === '$') {
      const closes = !' \t\n'.includes(text[at - 1]) && !(text[at + 1] >= '0' && text[at + 1] <= '9');
      return closes ? formula(text.slice(0, at + 1), text.slice(1, at), false) : null;
    }
  }
  return null;
}

function environmentAt(text) {
  const name = /^\\begin\{((?:align|equation|gather|cases|[pbvBV]?matrix|array|aligned|split|multline)\*?)\}/.exec(text)?.[1];
  if (!name) { return null; }
  const close = `\\end{${name}}`;
  const end = text.indexOf(close);
  if (end < 0) { return null; }
  const raw = text.slice(0, end + close.length);
  return formula(raw, raw, true);
}

function formula(raw, tex, display) {
  return tex.trim() === '' || tex.length > LONGEST ? null : { raw, tex: tex.trim(), display };
}

const OPENINGS = ['$', '\\(', '\\[', '\\begin{', BOX];

/** Where the next formula in a line may begin. */
function start(text) {
  const found = OPENINGS.map((mark) => text.indexOf(mark)).filter((at) => at >= 0);
  return found.length > 0 ? Math.min(...found) : undefined;
}

/** Where the next line begins that may be a formula. */
function startOfLine(text) {
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
    if (['$$', '\\[', '\\begin{'].some((mark) => text.startsWith(mark, at + 1))) { return at + 1; }
  }
  return undefined;
}

function tokenizer(level, type) {
  return (text) => {
    const found = formulaAt(text);
    if (found === null || (level === 'block' && !(found.display && endsLine(text, found.raw.length)))) { return undefined; }
    return { type, ...found };
  };
}

function endsLine(text, at) {
  const rest = text.slice(at, at + 200);
  const line = rest.indexOf('\n');
  return (line < 0 ? rest : rest.slice(0, line)).trim() === '';
}

const ESCAPES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** A place for a formula; typeset.js fills it once the HTML is safe. */
function place({ tex, display }) {
  const text = tex.replace(/[&<>"]/g, (character) => ESCAPES[character]);
  return `<span class="maths${display ? ' display' : ''}">${text}</span>`;
}

/** The extensions of marked that find formulas, in lines and between them. */
export const maths = [
  { name: 'formulaBlock', level: 'block', start: startOfLine, tokenizer: tokenizer('block', 'formulaBlock'), renderer: (token) => `<p>${place(token)}</p>` },
  { name: 'formula', level: 'inline', start, tokenizer: tokenizer('inline', 'formula'), renderer: place },
];
