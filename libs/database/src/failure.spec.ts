import { describe, expect, it } from '@jest/globals';
import { failureKind, isStatementTimeout } from './failure.ts';
import { ConnectionLost } from './lane-connection.ts';

const coded = (code: string) => Object.assign(new Error('x'), { code });

describe('A database error', () => {
  it.each([
    { error: coded('ECONNREFUSED'), kind: 'outage', because: 'nobody listens yet' },
    { error: coded('ENETUNREACH'), kind: 'outage', because: 'the way there is broken' },
    { error: coded('08006'), kind: 'outage', because: 'the connection failed' },
    { error: coded('57P01'), kind: 'outage', because: 'an operator ended the connection' },
    { error: coded('57014'), kind: 'outage', because: 'a statement took too long' },
    { error: coded('53300'), kind: 'outage', because: 'there are too many connections' },
    { error: coded('40001'), kind: 'outage', because: 'somebody else was faster' },
    { error: coded('40P01'), kind: 'outage', because: 'two transactions waited for each other' },
    { error: coded('55P03'), kind: 'outage', because: 'a lock was not free in time' },
    { error: coded('25P03'), kind: 'outage', because: 'the transaction idled too long' },
    { error: coded('25006'), kind: 'outage', because: 'the server is a standby by now' },
    { error: coded('58030'), kind: 'outage', because: 'its disk failed' },
    { error: new ConnectionLost('lane 1'), kind: 'outage', because: 'the lane connects anew' },
    { error: new Error('Connection terminated unexpectedly'), kind: 'outage', because: 'pg gives it no code' },
    { error: new Error('Query read timeout'), kind: 'outage', because: 'the server vanished without a word' },
    { error: Object.assign(new Error('x'), { isOutage: true }), kind: 'outage', because: 'the service says so' },
    { error: coded('22021'), kind: 'bad-data', because: 'a NUL byte can never be stored' },
    { error: coded('22P02'), kind: 'bad-data', because: 'this is no uuid' },
    { error: coded('23505'), kind: 'bad-data', because: 'the key is taken' },
    { error: coded('42P01'), kind: 'bug', because: 'a table is missing' },
    { error: coded('25P02'), kind: 'bug', because: 'it only echoes another error' },
    { error: new TypeError('x is undefined'), kind: 'bug', because: 'the code is wrong' },
    { error: null, kind: 'bug', because: 'somebody threw nothing' },
    { error: 'text', kind: 'bug', because: 'somebody threw a text' },
  ])('$error is of kind $kind, since $because', ({ error, kind }) => expect(failureKind(error)).toBe(kind));

  it('tells a statement time-out from other outages', () => {
    expect(isStatementTimeout(coded('57014'))).toBe(true);
    expect(isStatementTimeout(coded('55P03'))).toBe(false);
    expect(isStatementTimeout(undefined)).toBe(false);
  });
});
