import { describe, expect, it } from '@jest/globals';
import { latenciesOf } from './latencies.ts';

const upTo = (count: number): Float64Array => Float64Array.from({ length: count }, (_, at) => count - at);

describe('The latencies of a run', () => {
  it.each([
    { measured: upTo(1), p50: 1, p95: 1, p99: 1, max: 1, because: 'one order is every percentile' },
    { measured: upTo(100), p50: 50, p95: 95, p99: 99, max: 100, because: 'the rank is the share of a hundred' },
    { measured: upTo(101), p50: 51, p95: 96, p99: 100, max: 101, because: 'a rank that falls between goes up' },
  ])('are exact ($because)', ({ measured, because: _, ...latencies }) => {
    expect(latenciesOf(measured)).toEqual(latencies);
  });

  it('are in hundredths of a millisecond', () => {
    expect(latenciesOf(Float64Array.of(1.234_567))).toMatchObject({ p50: 1.23 });
  });

  it('are nothing where nothing was measured', () => {
    expect(latenciesOf(new Float64Array())).toBeNull();
  });
});
