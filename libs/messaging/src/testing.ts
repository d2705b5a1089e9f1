export { LaneByHand, type EventByHand } from './testing/lane-by-hand.ts';
export type { LoggedMessage } from './outgoing-log.ts';
