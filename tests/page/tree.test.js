import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MessageTree, ROOT } from '../../src/Sputnik.Server/wwwroot/js/chat/tree.js';

const texts = (tree) => tree.path().map(({ id }) => id).join(' ');

function branched() {
  const tree = new MessageTree();
  tree.add(ROOT, { id: 'q1' });
  tree.add('q1', { id: 'a1' });
  tree.add('a1', { id: 'q2' });
  tree.add('q1', { id: 'a2' });
  return tree;
}

test('what is added is shown', () => {
  assert.equal(texts(branched()), 'q1 a2');
});

test('choosing a version brings back what followed it', () => {
  const tree = branched();

  tree.choose('a1');

  assert.equal(texts(tree), 'q1 a1 q2');
  assert.deepEqual(tree.siblings('a1'), { ids: ['a1', 'a2'], index: 0 });
});

test('choosing a message deep down shows the way to it', () => {
  const tree = branched();

  tree.choose('q2');

  assert.equal(texts(tree), 'q1 a1 q2');
});

test('a removed message takes along what follows it', () => {
  const tree = branched();

  tree.remove('a1');

  assert.equal(texts(tree), 'q1 a2');
  assert.equal(tree.get('q2'), null);
  assert.deepEqual(tree.siblings('a2'), { ids: ['a2'], index: 0 });
});

test('a stored tree is the same tree', () => {
  const tree = branched();
  tree.choose('a1');

  const again = new MessageTree(JSON.parse(JSON.stringify(tree)));

  assert.equal(texts(again), 'q1 a1 q2');
  assert.deepEqual(again.toJSON(), tree.toJSON());
});

test('a message cannot answer one that is not there, nor bear a name twice', () => {
  const tree = branched();

  assert.throws(() => tree.add('nobody', { id: 'x' }), RangeError);
  assert.throws(() => tree.add(ROOT, { id: 'q1' }), RangeError);
});
