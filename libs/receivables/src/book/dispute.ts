/** A customer contests an invoice, or a part of it. */
export interface Dispute {
  readonly disputeId: string;
  readonly invoiceId: string;
  /** Of `amount`; null when the whole invoice is contested. */
  currency: string | null;
  /** What is still contested, in minor units; null: all that is open, whatever that will be. */
  amount: bigint | null;
  isResolved: boolean;
}
