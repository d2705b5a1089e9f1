import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { selectorsOf } from './promql.ts';
import { readDashboard, readQueries, readText } from './queries.ts';
import { unanswered } from './unanswered.ts';

const sample = (name: string, labels: Record<string, string> = {}) => ({ name, labels, value: 1 });

describe('The dashboard', () => {
  it('shows what operations must see', () => {
    const metrics = new Set(readQueries().flatMap(({ expr }) => selectorsOf(expr).map(({ metric }) => metric)));
    for (const needed of [
      'ordergate_decisions_total',
      'ordergate_hold_reasons_total',
      'ordergate_message_latency_seconds_bucket',
      'ordergate_consumer_lag_messages',
      'ordergate_dead_letters_total',
      'ordergate_parked_customers',
    ])
      expect(metrics).toContain(needed);
  });

  it('asks the data source that is provisioned, and every panel has an id of its own', () => {
    const { panels } = readDashboard();
    const { datasources } = parse(readText('grafana/datasources.yml')) as { datasources: { uid: string }[] };
    const asked = panels.flatMap(({ targets }) => targets.map(({ datasource }) => datasource.uid));
    expect(new Set(asked)).toEqual(new Set(datasources.map(({ uid }) => uid)));
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
  });

  it.each(readQueries())('asks in PromQL, about our own figures or whether we answer: $where, $expr', ({ expr }) => {
    const metrics = selectorsOf(expr).map(({ metric }) => metric);
    expect(metrics.length).toBeGreaterThan(0);
    for (const metric of metrics) expect(metric).toMatch(/^(ordergate|process)_\w+$|^up$/);
  });
});

describe('A query', () => {
  const said = [
    sample('orders_total', { outcome: 'held', service: 'gate' }),
    sample('orders_total', { outcome: 'approved', service: 'gate' }),
  ];
  const problems = (expr: string, text = '') => unanswered({ where: 'here', expr, text }, said);

  it.each([
    ['sum by (outcome) (rate(orders_total[5m]))', '{{outcome}}'],
    ['orders_total{outcome="held", job="ordergate"} and on (service) orders_total', '{{ $labels.instance }}'],
    ['orders_total{outcome=~"held|approved", service!~"x.*"}', ''],
    ['up{job="ordergate"} == 0 unless on (instance) orders_total', '{{outcome}} at {{instance}}'],
  ])('that the services can answer is fine: %s', (expr, text) => {
    expect(problems(expr, text)).toEqual([]);
  });

  it.each([
    ['rate(ordres_total[5m])', '', 'no service has ordres_total'],
    ['sum by (reason) (rate(orders_total[5m]))', '', 'orders_total has no label reason'],
    ['orders_total and on (partition) up', '', 'orders_total has no label partition'],
    ['sum by (service) (orders_total)', '{{topic}}', 'nothing in it has a label topic to show'],
    ['orders_total{outcome="hold"}', '', 'orders_total has no outcome="hold"'],
    ['orders_total{outcome=~"held|release"}', '', 'orders_total has no outcome="release"'],
    ['orders_total{reason!="x"}', '', 'orders_total has no label reason'],
  ])('that they cannot answer is named: %s', (expr, text, problem) => {
    expect(problems(expr, text)).toContain(`here: ${problem}`);
  });

  it('that is no PromQL is refused with its place', () => {
    expect(() => selectorsOf('sum by (outcome (orders_total)')).toThrow('not PromQL at');
  });
});
