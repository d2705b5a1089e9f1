import type { Sample } from '@ordergate/testing';
import { selectorsOf, type Matcher, type Selector } from './promql.ts';
import type { Query } from './queries.ts';

/** Labels that Prometheus adds to what it reads. */
const ofPrometheus = ['job', 'instance'];
/** Its own metric: whether a service answered. */
const up: Sample = { name: 'up', labels: {}, value: 1 };

/** What a query names and the services do not say: such a panel stays empty, such an alert silent. */
export function unanswered({ where, expr, text }: Query, said: readonly Sample[]): string[] {
  const samplesOf = ({ metric }: Selector): Sample[] => [...said, up].filter(({ name }) => name === metric);
  const selectors = selectorsOf(expr);
  const known = labelsOf(selectors.flatMap(samplesOf));
  const shown = [...text.matchAll(/\{\{\s*(?:\$labels\.)?(\w+)\s*\}\}/g)].map(([, label]) => label!);
  return [
    ...selectors.flatMap((selector) => problemsOf(selector, samplesOf(selector))),
    ...shown.filter((label) => !known.has(label)).map((label) => `nothing in it has a label ${label} to show`),
  ].map((problem) => `${where}: ${problem}`);
}

function problemsOf({ metric, matchers, groupedBy }: Selector, samples: readonly Sample[]): string[] {
  if (samples.length === 0) return [`no service has ${metric}`];
  const known = labelsOf(samples);
  const asked = matchers.filter(({ label }) => !ofPrometheus.includes(label));
  return [
    ...[...groupedBy, ...asked.map(({ label }) => label)]
      .filter((label) => !known.has(label))
      .map((label) => `${metric} has no label ${label}`),
    ...asked
      .flatMap(valuesOf)
      .filter(({ label, value }) => !samples.some(({ labels }) => labels[label] === value))
      .map(({ label, value }) => `${metric} has no ${label}="${value}"`),
  ];
}

const labelsOf = (samples: readonly Sample[]): Set<string> =>
  new Set([...ofPrometheus, ...samples.flatMap(({ labels }) => Object.keys(labels))]);

/** The values that are asked for: one, or each side of `a|b`. What is only excluded need not exist. */
function valuesOf({ label, op, value }: Matcher): { label: string; value: string }[] {
  if (op !== '=' && op !== '=~') return [];
  const values = op === '=' ? [value] : value.split('|');
  return values.map((one) => ({ label, value: one }));
}
