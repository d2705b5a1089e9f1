import type { Mismatch } from './checks/mismatch.ts';
import type { Step, VerbStep } from './story.ts';

/** Why a story failed: where, and all that helps to see why. */
export interface Failure {
  line: number;
  step: string;
  mismatches: Mismatch[];
  problem?: string;
  deadLetters: string[];
  /** The decision's record, as the gate keeps it. */
  decision?: unknown;
}

/** A step did not come to what was expected. */
export class StepFailed extends Error {
  readonly step: Step | VerbStep;
  readonly mismatches: Mismatch[];
  /** Whose decision helps to see why. */
  readonly order: string | undefined;

  constructor(step: Step | VerbStep, wrong: string | Mismatch[], order?: string) {
    super(typeof wrong === 'string' ? wrong : wrong.map(({ what }) => what).join(', '));
    this.step = step;
    this.mismatches = typeof wrong === 'string' ? [] : wrong;
    this.order = order;
  }
}
