/**
 * The forms in which DeepSeek-R1 was trained to be given files and web pages: `[file name]`, `[file content begin]`, `[webpage 1 begin]`, `[citation:1]`
 * (the "Usage Recommendations" of its model card; the marks are theirs, the sentences ours).
 */

/** What R1's card asks for in mathematics. */
export const MATHS = 'Please reason step by step, and put your final answer within \\boxed{}.';

/** The question as it is sent: attachments are `{ kind: 'file' | 'page', name, text }`, `created` dates the search results. */
export function compose(question, attachments = [], created = 0) {
  const files = attachments.filter((attachment) => attachment.kind === 'file');
  const pages = attachments.filter((attachment) => attachment.kind === 'page');
  const asked = pages.length > 0 ? search(question, pages, created) : question;
  return files.map(file).join('') + asked;
}

function file({ name, text }) {
  return `[file name]: ${oneLine(name)}\n[file content begin]\n${text}\n[file content end]\n`;
}

function search(question, pages, created) {
  const results = pages.map((page, i) => `[webpage ${i + 1} begin]\n${page.name ? `${oneLine(page.name)}\n` : ''}${page.text}\n[webpage ${i + 1} end]`);
  return [
    '# The following are search results for the question below:',
    ...results,
    'Rules for the answer:',
    `- Today is ${new Date(created).toISOString().slice(0, 10)}.`,
    '- Cite a page at the end of the sentence that relies on it, as [citation:X], X being its number; several as [citation:3][citation:5].',
    '- Not every result bears on the question: judge each, and leave out what does not.',
    '- Draw on several pages where they add to each other; never cite one page over and over.',
    '- Answer in the language of the question, and give the shape that suits it: a sentence for a fact, a list for an enumeration.',
    '',
    '# The question:',
    question,
  ].join('\n');
}

const oneLine = (text) => text.replace(/[\r\n]+/g, ' ');
