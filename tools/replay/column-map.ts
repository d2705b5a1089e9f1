import { isDecimal } from '@ordergate/money';
import { parse } from 'yaml';
import { dateFormatProblem } from './read-cells.ts';
import { readText, ReplayFileError } from './replay-file-error.ts';

const required = ['customer', 'invoice', 'invoiceDate', 'amount'] as const;
const optional = [
  'dueDate',
  'settledDate',
  'disputed',
  'currency',
  'customerName',
  'country',
  'segment',
  'salesRep',
] as const;

export type Column = (typeof required)[number] | (typeof optional)[number];

/** Where a replay finds what in a file of receivables; ibm-accounts-receivable.yaml explains each entry. */
export interface ColumnMap {
  /** Part of the messages' source, so that two files do not mix. */
  name: string;
  dateFormat: string;
  decimalSign: '.' | ',';
  /** Of every row that has no column of its own for it. */
  currency?: string;
  /** What → its heading in the file. */
  columns: Partial<Record<Column, string>>;
  disputedWhen: string[];
  defaults: { country: string; language: string; paymentTermsDays?: number };
  limit: { factor: string; firstDays: number };
}

/** @throws ReplayFileError that names every mistake of the map */
export function readColumnMap(file: string): ColumnMap {
  let document: unknown;
  try {
    document = parse(readText(file));
  } catch (error) {
    if (error instanceof ReplayFileError) throw error;
    throw new ReplayFileError(file, [(error as Error).message.split('\n')[0]!]);
  }
  const map = withDefaults(document);
  const problems = mapProblems(map);
  if (problems.length > 0) throw new ReplayFileError(file, problems);

  return map as unknown as ColumnMap;
}

type Fields = Record<string, unknown>;

const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};

function withDefaults(document: unknown): Fields {
  const map = fieldsOf(document);

  return {
    decimalSign: '.',
    disputedWhen: ['Yes', 'yes', 'true', '1'],
    ...map,
    columns: fieldsOf(map['columns']),
    defaults: { country: 'US', language: 'en', ...fieldsOf(map['defaults']) },
    limit: { factor: '1.5', firstDays: 180, ...fieldsOf(map['limit']) },
  };
}

function mapProblems(map: Fields): string[] {
  const columns = fieldsOf(map['columns']);
  const defaults = fieldsOf(map['defaults']);
  const limit = fieldsOf(map['limit']);
  const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';
  const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;
  const known: string[] = [...required, ...optional];
  const laws: [boolean, string][] = [
    [/^[a-z0-9][a-z0-9-]{0,39}$/.test(String(map['name'] ?? '')), 'name must be small letters, digits and "-"'],
    [isText(map['dateFormat']), 'dateFormat is missing, such as M/D/YYYY'],
    [map['decimalSign'] === '.' || map['decimalSign'] === ',', 'decimalSign must be "." or ","'],
    [
      isText(map['currency']) || isText(columns['currency']),
      'currency is missing: one for all rows, or columns.currency',
    ],
    [Array.isArray(map['disputedWhen']), 'disputedWhen must be a list of texts'],
    [
      isText(columns['dueDate']) || isCount(defaults['paymentTermsDays']),
      'columns.dueDate or defaults.paymentTermsDays is missing',
    ],
    [
      typeof limit['factor'] === 'string' && isDecimal(limit['factor']),
      "limit.factor must be a number in quotes, such as '1.5'",
    ],
    [isCount(limit['firstDays']) && limit['firstDays'] !== 0, 'limit.firstDays must be a whole number above 0'],
  ];
  return [
    ...laws.filter(([holds]) => !holds).map(([, problem]) => problem),
    ...required.filter((name) => !isText(columns[name])).map((name) => `columns.${name} is missing`),
    ...Object.keys(columns)
      .filter((name) => !known.includes(name))
      .map((name) => `columns.${name} is unknown; known are ${known.join(', ')}`),
    ...(isText(map['dateFormat'])
      ? [dateFormatProblem(String(map['dateFormat']))].filter((problem) => problem !== null)
      : []),
  ];
}
