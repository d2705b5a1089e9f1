/** Where a document is read. Numbers of invoices and payments are a customer's own, so the customer is in the path. */
export const documentPath = (customerId: string, kind: 'invoices' | 'payments' | 'instruments', id: string): string =>
  `/v1/customers/${encodeURIComponent(customerId)}/${kind}/${encodeURIComponent(id)}`;
