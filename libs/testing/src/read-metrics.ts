export interface Sample {
  name: string;
  labels: Record<string, string>;
  value: number;
}

/** What `/metrics` says, line by line (Prometheus text format 0.0.4). @throws Error for a line that is none */
export function readMetrics(text: string): Sample[] {
  return text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [, name, labels, value] = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
      if (!name) throw new Error(`not a line of the Prometheus format: ${line}`);
      return { name, labels: labelsOf(labels ?? ''), value: value === '+Inf' ? Infinity : Number(value) };
    });
}

/** Sum of the samples of this name whose labels are as given; NaN when there is none. */
export function metricOf(samples: readonly Sample[], name: string, labels: Record<string, string> = {}): number {
  const fitting = samples.filter(
    (sample) =>
      sample.name === name && Object.entries(labels).every(([label, value]) => sample.labels[label] === value),
  );
  return fitting.length === 0 ? NaN : fitting.reduce((sum, { value }) => sum + value, 0);
}

const labelsOf = (text: string): Record<string, string> =>
  Object.fromEntries(
    [...text.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, label, value]) => [
      label!,
      value!.replace(/\\(["\\])/g, '$1'),
    ]),
  );
