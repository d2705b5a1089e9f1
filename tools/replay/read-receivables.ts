import { addDays, amountProblem, minorOf } from '@ordergate/money';
import { CsvError, parse } from 'csv-parse/sync';
import type { Column, ColumnMap } from './column-map.ts';
import { readAmount, readDay } from './read-cells.ts';
import { readText, ReplayFileError } from './replay-file-error.ts';

/** One invoice of the file, with what became of it. */
export interface Receivable {
  /** Line of the file, for messages to people. */
  line: number;
  customerId: string;
  invoiceId: string;
  invoicedOn: string;
  dueOn: string;
  /** Null: not paid yet. */
  settledOn: string | null;
  minor: bigint;
  currency: string;
  isDisputed: boolean;
  customerName?: string;
  country?: string;
  segment?: string;
  salesRep?: string;
}

/** @throws ReplayFileError that names line, column and value of every cell that cannot be understood */
export function readReceivables(file: string, map: ColumnMap): Receivable[] {
  return receivablesOf(readText(file), file, map);
}

/** The same for a file that has been read. */
export function receivablesOf(text: string, file: string, map: ColumnMap): Receivable[] {
  const [heading, ...rows] = recordsOf(text, file);
  if (!heading || rows.length === 0) throw new ReplayFileError(file, ['there is no row below the headings']);

  const missing = Object.entries(map.columns).filter(([, name]) => !heading.record.includes(name));
  if (missing.length > 0) {
    const headings = heading.record.join(', ');
    throw new ReplayFileError(
      file,
      missing.map(([what, name]) => `line 1: no column "${name}" (columns.${what} of the map); there are ${headings}`),
    );
  }
  const read = rows.map((row) => readRow(row, new Map(heading.record.map((name, at) => [name, at])), map));
  const problems = [
    ...read.flatMap(({ problems }) => problems),
    ...contradictions(read.map(({ receivable }) => receivable)),
  ];
  if (problems.length > 0) throw new ReplayFileError(file, problems);

  return read.map(({ receivable }) => receivable);
}

interface CsvRow {
  record: string[];
  info: { lines: number };
}

function recordsOf(text: string, file: string): CsvRow[] {
  try {
    return parse(text, { bom: true, info: true, skip_empty_lines: true, trim: true }) as unknown as CsvRow[];
  } catch (error) {
    if (error instanceof CsvError) throw new ReplayFileError(file, [error.message]);
    throw error;
  }
}

function readRow({ record, info: { lines: line } }: CsvRow, positions: Map<string, number>, map: ColumnMap) {
  const problems: string[] = [];
  const textOf = (column: Column): string => record[positions.get(map.columns[column] ?? '') ?? -1] ?? '';
  const complain = (column: Column, problem: string): void => {
    problems.push(`line ${line}, column ${map.columns[column] ?? column}: "${textOf(column)}" ${problem}`);
  };
  const dayOf = (column: Column): string => {
    const day = readDay(textOf(column), map.dateFormat);
    if (day === null) complain(column, `is no day in the format ${map.dateFormat}`);
    return day ?? '1900-01-01';
  };
  const currency = textOf('currency') || (map.currency ?? '');
  const amount = readAmount(textOf('amount'), map.decimalSign);
  const amountIsWrong = amountProblem(amount, currency);
  if (amountIsWrong) complain('amount', amountIsWrong);
  else if (minorOf(amount, currency) <= 0n) complain('amount', 'must be above 0');
  for (const column of ['customer', 'invoice'] as const)
    if (textOf(column) === '') complain(column, 'must not be empty');

  const invoicedOn = dayOf('invoiceDate');
  const optionalText = (['customerName', 'country', 'segment', 'salesRep'] as const).filter(
    (column) => textOf(column) !== '',
  );
  const receivable: Receivable = {
    line,
    customerId: textOf('customer'),
    invoiceId: textOf('invoice'),
    invoicedOn,
    dueOn: map.columns.dueDate ? dayOf('dueDate') : addDays(invoicedOn, map.defaults.paymentTermsDays ?? 0),
    settledOn: textOf('settledDate') === '' ? null : dayOf('settledDate'),
    minor: amountIsWrong ? 0n : minorOf(amount, currency),
    currency,
    isDisputed: map.disputedWhen.includes(textOf('disputed')),
    ...Object.fromEntries(optionalText.map((column) => [column, textOf(column)])),
  };
  return { receivable, problems };
}

/** What no single row shows: an invoice twice, a customer in two currencies (its account has one, and a file has no rates). */
function contradictions(rows: Receivable[]): string[] {
  const lineOfInvoice = new Map<string, number>();
  const firstOfCustomer = new Map<string, Receivable>();

  return rows.flatMap(({ line, invoiceId, customerId, currency }, at) => {
    const earlierLine = lineOfInvoice.get(invoiceId);
    const first = firstOfCustomer.get(customerId) ?? rows[at]!;
    lineOfInvoice.set(invoiceId, line);
    firstOfCustomer.set(customerId, first);
    return [
      ...(earlierLine === undefined ? [] : [`line ${line}: invoice ${invoiceId} was already on line ${earlierLine}`]),
      ...(first.currency === currency
        ? []
        : [`line ${line}: customer ${customerId} has ${currency} here and ${first.currency} on line ${first.line}`]),
    ];
  });
}
