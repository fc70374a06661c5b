// Loaded before every UI suite: keeps what was on screen when a test failed.
import { join } from 'node:path';
import { afterEach } from 'mocha';
import { screenshots } from './workbench.ts';

afterEach('what was on screen', async function () {
  const { currentTest: test } = this;
  if (test?.state === 'failed') await screenshots(join('failed', test.fullTitle().replaceAll(/[^\p{L}\d]+/gu, '-')));
});
