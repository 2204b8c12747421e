import { expect, it } from 'vitest';
import { fileSize } from '../../../../renderer/words/file-size.ts';

it('file sizes are told as file managers do', () => {
  expect([940, 86_123, 1_240_000].map(fileSize)).toEqual(['940 B', '86 kB', '1.2 MB']);
});
