import type { TopicDeclaration } from './topics-file.ts';

/** A topic as the broker has it. `settings`: those that deviate from the broker's defaults. */
export interface BrokerTopic {
  name: string;
  partitions: number;
  settings: Record<string, string>;
}

export type TopicDifference =
  | { kind: 'missing'; topic: TopicDeclaration }
  | { kind: 'too-few-partitions'; topic: TopicDeclaration; actual: number }
  | { kind: 'too-many-partitions'; topic: TopicDeclaration; actual: number }
  | { kind: 'other-settings'; topic: TopicDeclaration; actual: Record<string, string>; names: string[] };

/** What keeps a broker from looking like the declaration. Topics that are not declared are nobody's business here. */
export function compareTopics(declared: TopicDeclaration[], actual: BrokerTopic[]): TopicDifference[] {
  const known = new Map(actual.map((topic) => [topic.name, topic]));

  return declared.flatMap((topic) => {
    const found = known.get(topic.name);
    return found ? differencesOf(topic, found) : [{ kind: 'missing' as const, topic }];
  });
}

function differencesOf(topic: TopicDeclaration, found: BrokerTopic): TopicDifference[] {
  const differences: TopicDifference[] = [];
  if (found.partitions < topic.partitions) {
    differences.push({ kind: 'too-few-partitions', topic, actual: found.partitions });
  }
  if (found.partitions > topic.partitions) {
    differences.push({ kind: 'too-many-partitions', topic, actual: found.partitions });
  }
  const names = Object.keys(topic.settings).filter((name) => found.settings[name] !== topic.settings[name]);
  if (names.length > 0) differences.push({ kind: 'other-settings', topic, actual: found.settings, names });

  return differences;
}

/** One line for people: what differs. */
export function describeDifference(difference: TopicDifference): string {
  const { topic } = difference;
  switch (difference.kind) {
    case 'missing':
      return `${topic.name}: is missing (${topic.partitions} partitions)`;
    case 'too-few-partitions':
      return `${topic.name}: has ${difference.actual} partitions, shall have ${topic.partitions}`;
    case 'too-many-partitions':
      return `${topic.name}: has ${difference.actual} partitions, more than the ${topic.partitions} declared (cannot be lowered)`;
    case 'other-settings': {
      const changes = difference.names.map(
        (name) => `${name} ${difference.actual[name] ?? '(default)'} → ${topic.settings[name]}`,
      );
      return `${topic.name}: ${changes.join(', ')}`;
    }
  }
}

/** One line for people: what has been done about it. */
export function describeChange(difference: TopicDifference): string {
  const { topic } = difference;
  switch (difference.kind) {
    case 'missing':
      return `created   ${topic.name}, ${topic.partitions} partitions`;
    case 'too-few-partitions':
      return `raised    ${topic.name} from ${difference.actual} to ${topic.partitions} partitions`;
    case 'too-many-partitions':
      return `left      ${describeDifference(difference)}`;
    case 'other-settings':
      return `set       ${describeDifference(difference)}`;
  }
}
