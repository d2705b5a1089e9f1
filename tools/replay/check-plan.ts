import { messageOf, parse } from '@ordergate/contracts';
import type { Day } from './plan-days.ts';
import { ReplayFileError } from './replay-file-error.ts';

/**
 * Holds every planned message against its contract before the first one is sent.
 * @throws ReplayFileError that names line, field and value of each that does not fit
 */
export function checkPlan(days: readonly Day[], file: string): void {
  const problems = days
    .flatMap(({ steps }) => steps.flat())
    .flatMap(({ type, data, line }) => {
      const parsed = parse(type, data);
      return parsed.ok
        ? []
        : parsed.violations.map(({ field, value, problem }) => `line ${line}: ${field} ${value} ${problem} (${type})`);
    });
  if (problems.length > 0) throw new ReplayFileError(file, [...new Set(problems)]);
}

/** Topic without prefix and record key of a message that has been checked. */
export function addressOf(type: string, data: object): { topic: string; key: string } {
  const definition = messageOf(type);
  if (!definition) throw new Error(`${type} is no message of Ordergate`);

  return { topic: definition.topic, key: definition.keyOf(data) };
}
