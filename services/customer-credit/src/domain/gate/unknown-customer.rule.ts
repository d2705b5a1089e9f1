import type { Reason } from './reason.ts';

/** No credit account exists. Stands alone, since nothing else can be asked; decided again when the customer is registered. */
export const unknownCustomer: Reason = {
  code: 'unknown-customer',
  message: 'No credit account exists for this customer',
};
