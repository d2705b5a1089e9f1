import { Identifier, ListOf, Message, Text } from '@ordergate/contracts';

/** More than this go in several commands, so that none grows past what a transaction should do. */
export const ordersInCommandMax = 100;

export class DueOrderV1 {
  @Identifier()
  orderId!: string;
}

@Message({
  type: 'ExpireApprovals.v1',
  topic: 'credit-commands',
  key: 'customerId',
  doc: 'A business day has started on which the approvals of these orders are valid no more.',
})
export class ExpireApprovalsV1 {
  @Identifier()
  customerId!: string;
  @ListOf(() => DueOrderV1, { itemsMax: ordersInCommandMax, meaning: 'Orders whose approval has run out' })
  orders!: DueOrderV1[];
  @Text(200, { meaning: 'What has happened' })
  because!: string;
}

@Message({
  type: 'CheckUninvoicedGoods.v1',
  topic: 'credit-commands',
  key: 'customerId',
  doc: 'A business day has started on which goods of these orders may have been out for too long without an invoice.',
})
export class CheckUninvoicedGoodsV1 {
  @Identifier()
  customerId!: string;
  @ListOf(() => DueOrderV1, { itemsMax: ordersInCommandMax, meaning: 'Orders with goods out' })
  orders!: DueOrderV1[];
  @Text(200, { meaning: 'What has happened' })
  because!: string;
}

@Message({
  type: 'ExpireHolds.v1',
  topic: 'credit-commands',
  key: 'customerId',
  doc: 'A business day has started on which the holds of these orders may have waited for too long for an answer.',
})
export class ExpireHoldsV1 {
  @Identifier()
  customerId!: string;
  @ListOf(() => DueOrderV1, { itemsMax: ordersInCommandMax, meaning: 'Held orders' })
  orders!: DueOrderV1[];
  @Text(200, { meaning: 'What has happened' })
  because!: string;
}

export type DueOrdersCommand = ExpireApprovalsV1 | CheckUninvoicedGoodsV1 | ExpireHoldsV1;
export const dueOrdersTypes: readonly string[] = ['ExpireApprovals.v1', 'CheckUninvoicedGoods.v1', 'ExpireHolds.v1'];
