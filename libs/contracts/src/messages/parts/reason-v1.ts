import { Identifier, Text } from '../../fields/scalar-fields.ts';

/** Every rule of the gate, in the order in which reasons are given; a policy adds its own as `custom:<name>`. */
export const reasonCodes = [
  'unknown-customer',
  'account-blocked',
  'screening-incomplete',
  'credit-limit-exceeded',
  'segment-limit-exceeded',
  'group-limit-exceeded',
  'limit-expired',
  'review-overdue',
  'collateral-shortfall',
  'overdue-items',
  'oldest-open-item',
  'dunning-level',
  'order-value',
  'payment-terms',
  'discount-authority',
  'payment-behaviour',
  'risk-class',
  'demand-spike',
  'order-splitting',
  'instrument-tenor',
  'insurance-stop',
  'forced-hold',
  'currency-rate-missing',
  'technical-error',
] as const;
export type ReasonCode = (typeof reasonCodes)[number] | (typeof declineReasonCodes)[number] | `custom:${string}`;

/** Why the policy itself declines an order that is held. */
export const declineReasonCodes = ['hold-expired'] as const;

/** Why a shipment is refused. */
export const shipmentReasonCodes = [
  'approval-missing',
  'approval-expired',
  'approval-exceeded',
  'account-blocked',
  'insurance-stop',
  'forced-hold',
] as const;
export type ShipmentReasonCode = (typeof shipmentReasonCodes)[number];

/** One reason with its figures. Readers must take codes they do not know: rules are added without a new version. */
export class ReasonV1 {
  @Identifier({ meaning: 'The rule that holds, `custom:<name>` for a rule of the policy' })
  code!: string;
  @Text(500, { meaning: 'The reason in a sentence, in English' })
  message!: string;
  @Text(64, { optional: true })
  measured?: string;
  @Text(64, { optional: true })
  threshold?: string;
  @Text(16, { optional: true })
  unit?: string;
  @Text(64, {
    optional: true,
    meaning: 'What the rule is about when that is not the account: a segment, a credit group, an item',
  })
  subject?: string;
}
