/** One of the programs that are compared: takes orders from a topic, puts decisions on another. */
export interface Arm {
  name: 'ours' | 'ceiling' | 'usual';
  ordersTopic: string;
  decisionsTopic: string;
  /** Its processes; several where it runs in several instances. */
  pids: number[];
}

/** Ends something that was started; the last started is stopped first. */
export type Stop = () => Promise<void> | void;
