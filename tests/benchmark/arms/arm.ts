import type { Verdict } from '../report/verdicts.ts';

/** customer-credit as it is built: under the benchmark's small policy, under the one that we ship, and with credit groups. */
export const ourArms = ['ours', 'full-policy', 'pool'] as const;
export type OurArmName = (typeof ourArms)[number];

/** One of the programs that are compared: takes orders from a topic, puts decisions on another. */
export interface Arm {
  name: OurArmName | 'ceiling' | 'usual';
  ordersTopic: string;
  decisionsTopic: string;
  /** Its processes; several where it runs in several instances. */
  pids: number[];
  /** What must be true of all that it has decided; asked when everything is measured. */
  prove?: () => Promise<Verdict[]>;
}

export const isOurs = (name: Arm['name']): name is OurArmName => ourArms.some((ours) => ours === name);

/** Ends something that was started; the last started is stopped first. */
export type Stop = () => Promise<void> | void;
