/** What was expected of one thing, and what came. */
export interface Mismatch {
  what: string;
  expected: string;
  came: string;
}

export function differing(what: string, expected: string, came: string): Mismatch[] {
  return expected === came ? [] : [{ what, expected, came }];
}

/** What is compared, and with what. */
export interface Asked {
  order?: string;
  customer?: string;
  shipment?: string;
  /** How many decisions of the order there were before the step; a step that the gate must answer needs more. */
  decisionsBefore?: number;
  isAnswerNeeded?: boolean;
}
