import { describe, expect, it } from '@jest/globals';
import { childTraceparent, traceIdOf } from './traceparent.ts';

const parent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00';

describe('What a message causes', () => {
  it("belongs to the message's trace, under a span of its own, sampled as the parent is", () => {
    const child = childTraceparent(parent);
    expect(child).toMatch(/^00-0af7651916cd43dd8448eb211c80319c-[0-9a-f]{16}-00$/);
    expect(child.slice(36, 52)).not.toBe(parent.slice(36, 52));
  });

  it.each([
    { unreadable: undefined, because: 'there is none' },
    { unreadable: 'hello', because: 'it is no traceparent' },
    { unreadable: parent.replace('0af7651916cd43dd8448eb211c80319c', '0'.repeat(32)), because: 'its trace is zero' },
    { unreadable: parent.replace('b7ad6b7169203331', '0'.repeat(16)), because: 'its span is zero' },
    { unreadable: parent.replace(/^00/, 'ff'), because: 'version ff is none' },
    { unreadable: `${parent}-more`, because: 'version 00 has four parts' },
  ])('starts a trace when $because', ({ unreadable }) => {
    const child = childTraceparent(unreadable);
    expect(child).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
    expect(traceIdOf(child)).not.toBe('0af7651916cd43dd8448eb211c80319c');
  });

  it('is read from a later version too', () => {
    expect(traceIdOf(`${parent.replace(/^00/, '01')}-more`)).toBe('0af7651916cd43dd8448eb211c80319c');
  });

  it('has its own id each time, also past the pool of random bytes', () => {
    const children = Array.from({ length: 5000 }, () => childTraceparent());
    expect(new Set(children.map((child) => traceIdOf(child))).size).toBe(5000);
  });
});
