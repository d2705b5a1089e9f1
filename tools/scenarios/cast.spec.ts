import { describe, expect, it } from '@jest/globals';
import { customersOf, Names } from './cast.ts';
import { readStories } from './form/read-stories.ts';
import type { Step, Story } from './story.ts';

const [story] = readStories([
  {
    file: 'a.yaml',
    content: `
- id: S-1
  title: ids
  steps:
    - customer: { id: SHARED, limit: none }
    - repeat:
        times: 2
        steps:
          - customer: { id: C, limit: none }
          - place: { id: O, customer: SHARED, total: 1 EUR }
    - pay: { id: P, customer: STRANGER, total: 1 EUR }
`,
  },
]) as [Story];
const repeat = story.steps[1] as Step & { kind: 'repeat' };
const names = Names.of(story, '');

describe('Ids', () => {
  it('are a story’s own, so that hundreds run side by side', () =>
    expect(names.real('customer', 'SHARED')).toBe('S-1:SHARED'));

  it('and a run’s own on a system that has heard other runs', () =>
    expect(Names.of(story, 'r7-').real('customer', 'C')).toBe('r7-S-1:C'));

  it('get the round’s number when they are made in the round, and stay when they were there before', () => {
    const second = names.inRound(repeat.steps, 2);
    expect(second.real('customer', 'C')).toBe('S-1:C-2');
    expect(second.real('order', 'O')).toBe('S-1:O-2');
    expect(second.real('customer', 'SHARED')).toBe('S-1:SHARED');
  });

  it('of customers are known before anything runs: the policy names them', () =>
    expect(customersOf(story.steps, names)).toEqual(['S-1:SHARED', 'S-1:C-1', 'S-1:C-2', 'S-1:STRANGER']));
});
