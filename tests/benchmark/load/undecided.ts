import { latenciesOf, type Latencies } from './latencies.ts';
import { orderIdMark, orderNumberDigits } from './orders.ts';

const mark = Buffer.from(orderIdMark);
const noReasons = Buffer.from('"reasons":[]');

/** Follows the orders of one run from the instant they were due to the instant their decision could be read. */
export class Undecided {
  readonly firstNumber: number;
  private readonly dueAtMs: Float64Array;
  private readonly decidedAtMs: Float64Array;
  published = 0;
  decided = 0;
  approved = 0;
  /** Second decisions of an order. */
  repeated = 0;

  /** @param most how many orders the run may have */
  constructor(firstNumber: number, most: number) {
    this.firstNumber = firstNumber;
    this.dueAtMs = new Float64Array(most);
    this.decidedAtMs = new Float64Array(most);
  }

  get waiting(): number {
    return this.published - this.decided;
  }

  get isFull(): boolean {
    return this.published === this.dueAtMs.length;
  }

  publish(dueAtMs: number): number {
    this.dueAtMs[this.published] = dueAtMs;
    return this.firstNumber + this.published++;
  }

  /** Takes one decision as it stands in `bytes`. Decisions of other runs are passed over. */
  take(bytes: Buffer, start: number, end: number, nowMs: number): void {
    const at = bytes.indexOf(mark, start);
    if (at < 0 || at > end) return;
    let number = 0;
    const from = at + mark.length;
    for (let digit = from; digit < from + orderNumberDigits; digit++) number = number * 10 + bytes[digit]! - 48;
    const order = number - this.firstNumber;
    if (order < 0 || order >= this.published) return;
    if (this.decidedAtMs[order] !== 0) {
      this.repeated += 1;
      return;
    }
    this.decidedAtMs[order] = nowMs;
    this.decided += 1;
    const reasons = bytes.indexOf(noReasons, from);
    if (reasons >= 0 && reasons < end) this.approved += 1;
  }

  /** Of the orders that were due in [fromMs, toMs) and are decided. */
  latencies(fromMs: number, toMs: number): Latencies | null {
    const measured: number[] = [];
    for (let order = 0; order < this.published; order++) {
      const [due, decided] = [this.dueAtMs[order]!, this.decidedAtMs[order]!];
      if (decided !== 0 && due >= fromMs && due < toMs) measured.push(decided - due);
    }
    return latenciesOf(Float64Array.from(measured));
  }
}
