/**
 * What the customer would owe if everything approved is delivered, by bucket, in minor units of the account's currency.
 * Buckets move and are conserved: approve → openOrders, ship → shippedNotInvoiced, invoice → receivables, pay → out.
 */
export interface Exposure {
  openOrders: bigint;
  shippedNotInvoiced: bigint;
  receivables: bigint;
  instrumentsInHand: bigint;
  unallocatedCredits: bigint;
}

export const noExposure: Readonly<Exposure> = {
  openOrders: 0n,
  shippedNotInvoiced: 0n,
  receivables: 0n,
  instrumentsInHand: 0n,
  unallocatedCredits: 0n,
};

/** Credits that are not assigned yet lower what the customer owes. */
export function totalOf(exposure: Exposure): bigint {
  return (
    exposure.openOrders +
    exposure.shippedNotInvoiced +
    exposure.receivables +
    exposure.instrumentsInHand -
    exposure.unallocatedCredits
  );
}

/** The exposure after a movement; the movement's parts may be negative. */
export function afterMovement(exposure: Exposure, movement: Exposure): Exposure {
  return {
    openOrders: exposure.openOrders + movement.openOrders,
    shippedNotInvoiced: exposure.shippedNotInvoiced + movement.shippedNotInvoiced,
    receivables: exposure.receivables + movement.receivables,
    instrumentsInHand: exposure.instrumentsInHand + movement.instrumentsInHand,
    unallocatedCredits: exposure.unallocatedCredits + movement.unallocatedCredits,
  };
}

/** Whether a movement changes anything: what changes nothing is no entry in the ledger. */
export function movesNothing(movement: Exposure): boolean {
  return (
    movement.openOrders === 0n &&
    movement.shippedNotInvoiced === 0n &&
    movement.receivables === 0n &&
    movement.instrumentsInHand === 0n &&
    movement.unallocatedCredits === 0n
  );
}
