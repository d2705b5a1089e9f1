import { expect, it } from '@jest/globals';
import { restoreHeaders, storeHeaders } from './record-headers.ts';

it('Headers come back from JSON byte for byte, also those that are no text', () => {
  const headers = {
    text: Buffer.from('Yıldız'),
    plain: 'already text',
    bytes: Buffer.from([0xff, 0xfe]),
    nul: Buffer.from('a\0b'),
    twice: [Buffer.from('1'), Buffer.from([0xff])],
    missing: undefined,
  };
  const back = restoreHeaders(JSON.parse(JSON.stringify(storeHeaders(headers))));
  expect(back).toEqual({
    text: 'Yıldız',
    plain: 'already text',
    bytes: Buffer.from([0xff, 0xfe]),
    nul: Buffer.from('a\0b'),
    twice: ['1', Buffer.from([0xff])],
  });
});

it('Nothing in stored headers is refused by Postgres’ JSON', () => {
  const stored = storeHeaders({ 'na\0me': Buffer.from('va\0lue') });
  expect(JSON.stringify(stored)).not.toContain('\\u0000');
});
