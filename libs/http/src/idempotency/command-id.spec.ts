import { describe, expect, it } from '@jest/globals';
import { uuidV5, uuidV7 } from './command-id.ts';

describe('Ids of commands', () => {
  it('of the same name are the same, as RFC 9562 computes them', () => {
    const dns = '6ba7b810-9dad-11d1-80b4-00c04fd430c8';
    expect(uuidV5(dns, 'www.example.com')).toBe('2ed6657d-e927-568b-95e1-2665a8aea6a2');
  });

  it('without a key are new each time and sort by the time they were made', () => {
    const shape = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
    const at = Date.parse('2026-11-21T10:00:00Z');
    expect(uuidV7(at)).toMatch(shape);
    expect(uuidV7(at)).not.toBe(uuidV7(at));
    expect(uuidV7(at) < uuidV7(at + 1)).toBe(true);
  });
});
