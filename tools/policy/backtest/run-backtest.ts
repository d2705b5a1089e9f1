import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { barePolicy } from '../../../services/customer-credit/src/domain/policy/policy.ts';
import { readDocument } from '../read-document.ts';
import type { Backtest } from './backtest.ts';
import { backtestData } from './from-data/backtest-data.ts';
import { backtestDatabase } from './from-database/backtest-database.ts';
import type { Progress } from './progress.ts';
import { htmlReport } from './report/html/html-report.ts';
import { jsonReport } from './report/json-report.ts';
import { textReport } from './report/text-report.ts';

export interface BacktestRequest {
  candidate: string;
  /** A policy's file; the policy in force at the time, when it is left out. */
  against?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  lateDays: number;
  source: { database: string } | { data: string; map: string };
  json?: string | undefined;
  html?: string | undefined;
}

const pathOf = (name: string): string => fileURLToPath(new URL(`../../../${name}`, import.meta.url));
/** The receivables that come with the project. */
export const ibmData = {
  data: pathOf('data/ibm-accounts-receivable.csv'),
  map: pathOf('tools/replay/ibm-accounts-receivable.yaml'),
};

/** Tries a policy on history, writes the reports that are asked for, and returns the one for a terminal. */
export async function runBacktest(request: BacktestRequest, progress: Progress): Promise<string> {
  const backtest = await compared(request, progress);
  const { json, html } = request;
  if (json !== undefined) writeFileSync(json, `${JSON.stringify(jsonReport(backtest), null, 2)}\n`);
  if (html !== undefined) writeFileSync(html, htmlReport(backtest));
  return textReport(backtest);
}

async function compared(
  { candidate, against, source, from, to, lateDays }: BacktestRequest,
  progress: Progress,
): Promise<Backtest> {
  const after = { policy: readDocument(candidate), from: candidate };
  const before = against === undefined ? null : { policy: readDocument(against), from: against };
  const options = { after, from, to, lateDays, progress };
  if ('database' in source) return backtestDatabase({ url: source.database, before, ...options });
  // Before anything is activated the bare policy is in force, and a file activates nothing.
  const bare = { policy: barePolicy, from: 'the bare policy: limits and terms only' };
  return backtestData({ ...source, before: before ?? bare, ...options });
}
