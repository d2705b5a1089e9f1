import { collateralKinds, paymentMethods, riskClasses, screenings } from '@ordergate/contracts';
import { listOf, mapping, optional, required, type ValueOf } from './reading.ts';
import { amountNotNegative, count, currency, day, decimal, flag, id, limit, oneOf, text } from './scalars.ts';

const amount = amountNotNegative;
const orderFields = {
  id: required(id),
  customer: optional(id),
  total: optional(amount),
  rep: optional(id),
  terms: optional(count(0, 3650)),
  payment: optional(oneOf(...paymentMethods)),
  instrumentDue: optional(day),
  segment: optional(id),
  priority: optional(count(0, 1_000_000)),
  discount: optional(decimal),
};
const creditFields = {
  id: required(id),
  customer: required(id),
  total: required(amount),
  invoice: optional(id),
  allocations: optional(listOf(mapping({ invoice: required(id), amount: required(amount) }))),
  on: optional(day),
  due: optional(day),
};
const onAccount = { customer: optional(id), order: optional(id), reason: optional(text) };
const byPerson = {
  by: required(id),
  role: optional(oneOf('credit-analyst', 'credit-manager')),
  reason: required(text),
};
const answered = { ...byPerson, order: required(id), approver: optional(id) };

/** The fields of every verb that one thing happens by. */
export const verbForms = {
  customer: {
    id: required(id),
    limit: optional(limit),
    currency: optional(currency),
    group: optional(id),
    parent: optional(id),
    riskClass: optional(oneOf(...riskClasses)),
    segment: optional(id),
    rep: optional(id),
    terms: optional(count(0, 3650)),
    screening: optional(oneOf(...screenings)),
    limitUntil: optional(day),
    language: optional(text),
    blocked: optional(flag),
  },
  limit: {
    customer: required(id),
    to: required(limit),
    until: optional(day),
    temporaryFrom: optional(day),
    temporaryUntil: optional(day),
    segment: optional(id),
    by: optional(id),
  },
  group: { id: required(id), limit: required(limit), parent: optional(id) },
  block: onAccount,
  unblock: onAccount,
  forceHold: onAccount,
  liftForceHold: onAccount,
  collateral: {
    id: required(id),
    customer: required(id),
    kind: required(oneOf(...collateralKinds)),
    amount: required(amount),
    covers: optional(decimal),
    raisesLimit: optional(flag),
    from: optional(day),
    until: optional(day),
    stopDelivery: optional(day),
  },
  rate: { from: required(currency), to: required(currency), rate: required(decimal) },
  place: { ...orderFields, customer: required(id), total: required(amount) },
  amend: orderFields,
  cancel: { id: required(id), reason: optional(text) },
  requestShipment: { id: required(id), order: required(id), value: optional(amount), final: optional(flag) },
  ship: { id: required(id), order: required(id), value: optional(amount), final: optional(flag) },
  invoice: {
    id: required(id),
    customer: required(id),
    total: required(amount),
    due: required(day),
    issued: optional(day),
    order: optional(id),
    shipment: optional(id),
    instalments: optional(listOf(mapping({ due: required(day), amount: required(amount) }))),
  },
  creditNote: creditFields,
  pay: creditFields,
  instrument: { ...creditFields, due: required(day), kind: optional(oneOf('cheque', 'promissory-note')) },
  writeOff: creditFields,
  clear: { id: required(id), on: optional(day) },
  bounce: { id: required(id), on: optional(day) },
  dispute: { id: required(id), invoice: required(id), amount: optional(amount) },
  resolve: { id: required(id) },
  promise: { id: required(id), customer: required(id), amount: required(amount), on: required(day) },
  dunningRun: { customer: optional(id) },
  release: answered,
  releaseAll: { ...byPerson, orders: required(listOf(id)) },
  refuseRelease: { ...byPerson, order: required(id) },
  decline: answered,
};

export type VerbName = keyof typeof verbForms;
export type VerbFields = { [V in VerbName]: ValueOf<(typeof verbForms)[V]> };
export const verbNames = Object.keys(verbForms) as VerbName[];
