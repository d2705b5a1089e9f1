/** One instalment of an invoice, from posting until it is paid and after. All amounts are minor units. */
export interface OpenItem {
  readonly invoiceId: string;
  /** 1, 2, 3 … in the order of the invoice. */
  readonly instalmentNo: number;
  readonly orderId: string | null;
  readonly currency: string;
  readonly amount: bigint;
  /** What is unpaid. 0 once settled; the item stays, since a bounced cheque may open it again. */
  open: bigint;
  /** What the invoice still stands for: the amount less credit notes that name the invoice, paid or not. */
  invoiced: bigint;
  /** The same three in the account's currency at the rate of the booking; all null while there is no rate. */
  bookedAmount: bigint | null;
  bookedOpen: bigint | null;
  bookedInvoiced: bigint | null;
  /** The contested part of what is open; never more than `open`. */
  disputed: bigint;
  readonly issuedOn: string;
  readonly dueOn: string;
}

/** Sorts oldest due first; of items due on one day the older invoice, then by id, so that every reader sorts alike. */
export function byDueDay(left: OpenItem, right: OpenItem): number {
  return (
    compareText(left.dueOn, right.dueOn) ||
    compareText(left.issuedOn, right.issuedOn) ||
    compareText(left.invoiceId, right.invoiceId) ||
    left.instalmentNo - right.instalmentNo
  );
}

export const compareText = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);
