import assert from 'node:assert/strict';
import { test } from 'node:test';
import { blocks, html, safeUrl } from '../../src/Sputnik.Server/wwwroot/js/text/markdown.js';
import { formulaAt } from '../../src/Sputnik.Server/wwwroot/js/text/maths.js';

const rendered = (text) => blocks(text).map(html).join('');

test('Markdown becomes HTML', () => {
  assert.equal(rendered('# A **b**\n\n- [x] c').replace(/\n/g, ''), '<h1>A <strong>b</strong></h1><ul><li>☑ c</li></ul>');
});

test('raw HTML stays the text it is', () => {
  for (const raw of ['<script>x</script>', '<img src=x onerror=y>', '<b>', '<code><img src=x ', '<!-- x -->', '</div>', '<kbd> <x', '<?php', '<![CDATA[x]]>', 'a <i>b</i>']) {
    const without = rendered(raw).replace(/<\/?p>/g, '');
    assert.ok(!without.includes('<'), `${raw} → ${without}`);
  }
});

test('links lead only to http, https and mail', () => {
  for (const href of ['javascript:x', 'JAVASCRIPT:x', 'java\tscript:x', 'data:text/html,x', 'vbscript:x', 'file:///x', '/x', '//x', 'x', 'blob:x', '&#106;avascript:x']) {
    assert.equal(safeUrl(href), null, href);
    assert.ok(!/href/.test(rendered(`[x](<${href}>)`)), href);
  }
  assert.equal(safeUrl('https://example.org/a"b'), 'https://example.org/a%22b');
  assert.equal(rendered('[x](mailto:a@example.org)'), '<p><a href="mailto:a@example.org">x</a></p>\n');
});

test('an image is a link', () => {
  assert.equal(rendered('![cat](https://example.org/c.png)'), '<p><a href="https://example.org/c.png">Image: cat</a></p>\n');
});

test('formulas are found in their marks, and prices are not formulas', () => {
  assert.deepEqual(formulaAt('$x^2$ is'), { raw: '$x^2$', tex: 'x^2', display: false });
  assert.deepEqual(formulaAt('\\(a\\)'), { raw: '\\(a\\)', tex: 'a', display: false });
  assert.deepEqual(formulaAt('$$a\nb$$'), { raw: '$$a\nb$$', tex: 'a\nb', display: true });
  assert.equal(formulaAt('\\begin{align}a\\end{align}').display, true);
  for (const text of ['$5 and $6', '$ x$', '$x $', '$x', '$$', '$$ $$', '$a\n\nb$', '\\begin{evil}x\\end{evil}']) { assert.equal(formulaAt(text), null, text); }
});

test('a boxed answer without marks is a formula, braces and all', () => {
  assert.deepEqual(formulaAt('\\boxed{9} is'), { raw: '\\boxed{9}', tex: '\\boxed{9}', display: false });
  assert.equal(formulaAt('\\boxed{\\frac{1}{2}\\}}x').raw, '\\boxed{\\frac{1}{2}\\}}');
  for (const text of ['\\boxed{9', '\\boxed{', '\\boxed 9', '\\boxed{\n}']) { assert.equal(formulaAt(text), null, text); }
  assert.ok(rendered('so \\boxed{9}').includes('class="maths"'));
});

test('a formula keeps what Markdown would take for marks, and its text is escaped', () => {
  assert.equal(rendered('a $x_1*y_2*z<w$ b'), '<p>a <span class="maths">x_1*y_2*z&lt;w</span> b</p>\n');
});

test('a formula on lines of its own is a block, one in a line is not', () => {
  assert.equal(blocks('so\n$$\nx\n$$\nthen').length, 3);
  assert.equal(blocks('so $$x$$ then').length, 1);
  assert.equal(blocks('so\n$$x$$ then').length, 1);
});

test('the blocks of a growing text keep their source', () => {
  const text = 'one\n\n- a\n- b\n\n```js\nx\n```\n\nlast';
  const whole = blocks(text).map(({ raw }) => raw.trim());

  assert.deepEqual(blocks(text.slice(0, -4)).map(({ raw }) => raw.trim()), whole.slice(0, -1));
});

test('a long run of marks takes no long time to read', () => {
  for (const mark of ['*', '[', '`', '$', '\\(', '> ', '![', '<', '| ', '$a']) { rendered(mark.repeat(5000)); }
});
