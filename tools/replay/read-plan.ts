import { checkPlan } from './check-plan.ts';
import { readColumnMap } from './column-map.ts';
import { creditLimits } from './credit-limits.ts';
import { planDays, type Day } from './plan-days.ts';
import { readReceivables, type Receivable } from './read-receivables.ts';

export interface ReplayPlan {
  /** From the map; part of the messages' source. */
  name: string;
  rows: Receivable[];
  limits: Map<string, bigint>;
  days: Day[];
}

/**
 * All that a replay of this file will send.
 * @param rowsMax only the first rows of the file, for a short run
 * @throws ReplayFileError when anything in map or file is wrong; nothing has been sent then
 */
export function readPlan(file: string, mapFile: string, rowsMax = Infinity): ReplayPlan {
  const map = readColumnMap(mapFile);
  const rows = readReceivables(file, map).slice(0, rowsMax);
  const limits = creditLimits(rows, map.limit);
  const days = planDays(rows, limits, map);
  checkPlan(days, file);

  return { name: map.name, rows, limits, days };
}
