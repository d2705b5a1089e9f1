import { describe, expect, it } from '@jest/globals';
import { BadUsage, readRequest } from './request.ts';

const by = ['--who', 'u-7', '--why', 'fixed in 1.4.2'];

describe('A request about parked messages', () => {
  it.each([
    { typed: ['list'], meant: { verb: 'list' } },
    { typed: ['list', '--customer', 'C-1'], meant: { verb: 'list', customer: 'C-1' } },
    { typed: ['show', '--id', '7'], meant: { verb: 'show', id: '7' } },
    { typed: ['retry', '--id', '7', ...by], meant: { verb: 'retry', which: { id: '7' } } },
    { typed: ['retry', '--customer', 'C-1', ...by], meant: { verb: 'retry', which: { customer: 'C-1' } } },
    { typed: ['discard', '--id', '7', ...by], meant: { verb: 'discard', id: '7', who: 'u-7', why: 'fixed in 1.4.2' } },
    { typed: ['list', '--service', 'order'], meant: { from: { service: 'order' } } },
    // Messages about no single customer are parked under no name.
    { typed: ['retry', '--customer', '', ...by], meant: { which: { customer: '' } } },
  ])('$typed is understood', ({ typed, meant }) => expect(readRequest(typed)).toMatchObject(meant));

  it.each([
    { typed: [], says: /Say what to do/ },
    { typed: ['forget'], says: /one of list, show, retry, discard, not "forget"/ },
    { typed: ['list', 'show'], says: /not "list show"/ },
    { typed: ['list', '--id', '7'], says: /^list takes no --id\.$/ },
    { typed: ['list', '--loud'], says: /Unknown option '--loud'/ },
    { typed: ['list', '--service', 'order', '--database', 'postgres://x'], says: /not both/ },
    { typed: ['show'], says: /^show needs --id\.$/ },
    { typed: ['show', '--id', '7; drop table'], says: /number that list shows/ },
    { typed: ['retry', ...by], says: /either the --id of a message or its --customer/ },
    { typed: ['retry', '--id', '7', '--customer', 'C-1', ...by], says: /either/ },
    { typed: ['retry', '--id', '7', '--why', 'fixed'], says: /^retry needs --who\.$/ },
    { typed: ['discard', '--id', '7', '--who', 'u-7', '--why', ' '], says: /^discard needs --why\.$/ },
    { typed: ['discard', '--customer', 'C-1', ...by], says: /^discard takes no --customer\.$/ },
  ])('$typed is refused in a sentence', ({ typed, says }) => {
    expect(() => readRequest(typed)).toThrow(BadUsage);
    expect(() => readRequest(typed)).toThrow(says);
  });
});
