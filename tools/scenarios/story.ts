import type { Expectation } from './form/expect-form.ts';
import type { DayRef } from './form/scalars.ts';
import type { VerbFields, VerbName } from './form/verb-forms.ts';

/** One case of credit, as an analyst wrote it. */
export interface Story {
  id: string;
  title: string;
  source?: string;
  /** On which it starts; the first of the walk when left out. */
  businessDay?: string;
  /** Laid over the bare policy for this story's customers. */
  policy?: Record<string, unknown>;
  /** Why it must fail as long as something is not built yet. */
  expectedToFail?: string;
  steps: Step[];
  file: string;
  line: number;
}

export type VerbStep = {
  [V in VerbName]: {
    kind: 'verb';
    verb: V;
    fields: VerbFields[V];
    isTwice: boolean;
    expect?: Expectation;
    line: number;
    text: string;
  };
}[VerbName];

export type Step =
  | VerbStep
  | { kind: 'expect'; expect: Expectation; line: number; text: string }
  | { kind: 'day'; to: DayRef; line: number; text: string }
  | { kind: 'parallel'; steps: VerbStep[]; expect?: Expectation; line: number; text: string }
  | { kind: 'repeat'; times: number; steps: Step[]; line: number; text: string };
