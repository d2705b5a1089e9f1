/** `ce_source` of what people ask for over customer-credit's own HTTP. */
export const commandSource = '/ordergate/customer-credit/http';
