import type { JsonSchema } from '../fields/json-schema.ts';
import { breakingChanges } from './breaking-changes.ts';

/** Why this message cannot be as it is beside its released version, as sentences; empty when it can. */
export function releaseVerdict(type: string, released: JsonSchema | undefined, current: JsonSchema): string[] {
  if (released === undefined) return [`${type} is not released yet: run npm run contracts:release`];
  const breaking = breakingChanges(released, current);
  if (breaking.length > 0) {
    return [
      `${type} is released; optional fields may be added, anything else needs ${nextVersion(type)}: ${breaking.join(', ')}`,
    ];
  }
  return JSON.stringify(released) === JSON.stringify(current)
    ? []
    : [`${type} has new optional fields or words: run npm run contracts:release`];
}

const nextVersion = (type: string): string => `.v${Number(type.slice(type.lastIndexOf('.v') + 2)) + 1}`;
