import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { projectRoot } from '../project-root.ts';

/** One topic as a broker shall have it, its name still without prefix. */
export interface TopicDeclaration {
  name: string;
  partitions: number;
  /** Kafka's own names and values. */
  settings: Record<string, string>;
}

/** Names every mistake of a topics file at once. */
export class TopicsFileError extends Error {
  constructor(file: string, problems: string[]) {
    super(`${file} is not valid:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
  }
}

export const topicsFile = join(projectRoot, 'infra', 'kafka', 'topics.yaml');

const DAY_MS = 86_400_000;
const numberFields = ['partitions', 'retentionDays', 'tombstoneDays', 'maxMessageBytes'] as const;
const flagFields = ['compacted', 'deadLetters'] as const;

type TopicFields = Partial<Record<(typeof numberFields)[number], number>> &
  Partial<Record<(typeof flagFields)[number], boolean>>;
type CompleteFields = TopicFields & Required<Pick<TopicFields, (typeof numberFields)[number]>>;

/**
 * The topics of the file, dead-letter topics included.
 * @throws TopicsFileError
 */
export function readTopics(file: string = topicsFile): TopicDeclaration[] {
  return declareTopics(parse(readFileSync(file, 'utf8')), file);
}

/** @throws TopicsFileError */
export function declareTopics(content: unknown, file = 'topics.yaml'): TopicDeclaration[] {
  const problems = problemsOf(content);
  if (problems.length > 0) throw new TopicsFileError(file, problems);

  const { defaults, deadLetters, topics } = content as Record<string, never> & {
    defaults: CompleteFields;
    deadLetters: TopicFields;
    topics: Record<string, TopicFields | null>;
  };
  return Object.entries(topics).flatMap(([name, own]) => {
    const fields = { ...defaults, ...own };
    const topic = declare(name, fields);
    if (!fields.deadLetters) return [topic];

    return [topic, declare(`${name}-dlt`, { ...fields, compacted: false, ...deadLetters })];
  });
}

function declare(name: string, fields: CompleteFields): TopicDeclaration {
  const settings: Record<string, string> = fields.compacted
    ? { 'cleanup.policy': 'compact', 'delete.retention.ms': String(fields.tombstoneDays * DAY_MS) }
    : { 'cleanup.policy': 'delete', 'retention.ms': String(fields.retentionDays * DAY_MS) };

  return {
    name,
    partitions: fields.partitions,
    settings: { ...settings, 'max.message.bytes': String(fields.maxMessageBytes) },
  };
}

function problemsOf(content: unknown): string[] {
  if (!isRecord(content)) return ['it has to hold "defaults", "deadLetters" and "topics"'];
  const { defaults, deadLetters, topics, ...unknown } = content;
  const problems = Object.keys(unknown).map((key) => `"${key}" is unknown`);
  problems.push(...fieldProblems('defaults', defaults), ...fieldProblems('deadLetters', deadLetters));
  if (isRecord(defaults)) {
    const missing = numberFields.filter((field) => defaults[field] === undefined);
    problems.push(...missing.map((field) => `defaults.${field} is missing`));
  }
  if (!isRecord(topics) || Object.keys(topics).length === 0) return [...problems, '"topics" names no topic'];

  for (const [name, fields] of Object.entries(topics)) {
    if (!/^[a-z][a-z0-9-]{0,99}$/.test(name)) problems.push(`topics.${name}: a name is small letters, digits and "-"`);
    if (fields !== null) problems.push(...fieldProblems(`topics.${name}`, fields));
  }
  return problems;
}

function fieldProblems(where: string, fields: unknown): string[] {
  if (!isRecord(fields)) return [`${where} has to be a list of settings`];

  return Object.entries(fields).flatMap(([field, value]) => {
    if (numberFields.some((known) => known === field)) {
      return Number.isSafeInteger(value) && (value as number) > 0
        ? []
        : [`${where}.${field} has to be a whole number above 0`];
    }
    if (flagFields.some((known) => known === field)) {
      return typeof value === 'boolean' ? [] : [`${where}.${field} has to be true or false`];
    }
    return [`${where}.${field} is unknown`];
  });
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
