import type { LimitRef } from '../form/scalars.ts';
import type { VerbFields } from '../form/verb-forms.ts';
import type { Request } from '../system/caller.ts';
import type { Deed, Scene } from './scene.ts';

const because = 'as the story says';

/** Master records come as the ERP's messages, what people decide over HTTP. */
export const accountVerbs = {
  /** The whole master record; told again, it keeps what the verb does not name. */
  customer: (fields: VerbFields['customer'], scene: Scene): Deed => {
    const customerId = scene.customer(fields.id);
    const known = scene.memory.customers.get(customerId);
    const data = { ...(known ?? newCustomer(fields)), ...record(fields, scene), customerId };
    scene.memory.customers.set(customerId, data);
    const message = scene.message(known ? 'CustomerChanged.v1' : 'CustomerRegistered.v1', data);
    if (!fields.blocked && fields.parent === undefined) return [message];
    return async (call) => {
      const { group, parent, blocked } = fields;
      if (group && parent) await call(changeGroup(group, { parent }, scene));
      await call.tell([message]);
      if (blocked)
        await call({ ...toAccount('POST', customerId, 'blocks'), body: { kind: 'manual', reason: because } });
    };
  },

  limit: (fields: VerbFields['limit'], scene: Scene): Deed => {
    const { customer, to, until, temporaryFrom, temporaryUntil, segment, by } = fields;
    const as = by === undefined ? {} : { as: { user: scene.names.person(by) } };
    const id = scene.customer(customer);
    const limit = { limit: to, reason: because };
    const days = (name: string, ref: typeof until) => ref !== undefined && { [name]: scene.day(ref) };
    if (temporaryFrom !== undefined || temporaryUntil !== undefined) {
      const body = { ...limit, validFrom: scene.day(temporaryFrom), ...days('validUntil', temporaryUntil ?? until) };
      return async (call) => void (await call({ ...toAccount('PUT', id, 'temporary-limit'), ...as, body }));
    }
    const path = segment === undefined ? 'limit' : `segment-limits/${encodeURIComponent(segment)}`;
    return async (call) =>
      void (await call({ ...toAccount('PUT', id, path), ...as, body: { ...limit, ...days('validUntil', until) } }));
  },

  group: ({ id, ...said }: VerbFields['group'], scene: Scene): Deed => {
    const request = changeGroup(id, said, scene);
    return async (call) => void (await call(request));
  },

  /** Of an order: a forced hold, which is all that a person can do to one. */
  block: (fields: VerbFields['block'], scene: Scene): Deed => {
    if (fields.customer === undefined) return accountVerbs.forceHold(fields, scene);
    const customerId = scene.customer(fields.customer);
    const body = { kind: 'manual', reason: fields.reason ?? because };
    return async (call) => void (await call({ ...toAccount('POST', customerId, 'blocks'), body }));
  },

  /** Lifts every block that a person has put on the account. */
  unblock: (fields: VerbFields['unblock'], scene: Scene): Deed => {
    if (fields.customer === undefined) return accountVerbs.liftForceHold(fields, scene);
    const customerId = scene.customer(fields.customer);
    return async (call) => {
      const { blocks } = (await call(toAccount('GET', customerId))) as { blocks: { blockId: string; kind: string }[] };
      for (const { blockId } of blocks.filter(({ kind }) => kind !== 'closed'))
        await call(toAccount('DELETE', customerId, `blocks/${encodeURIComponent(blockId)}`));
    };
  },

  forceHold: (fields: VerbFields['forceHold'], scene: Scene): Deed => {
    const { customerId, orderId, place } = heldPlace(fields, scene);
    const body = { ...(orderId && { orderId }), reason: fields.reason ?? because };
    return async (call) => {
      const made = (await call({ ...toAccount('POST', customerId, 'forced-holds'), body })) as { forcedHoldId: string };
      scene.memory.forcedHolds.set(place, [...(scene.memory.forcedHolds.get(place) ?? []), made.forcedHoldId]);
    };
  },

  liftForceHold: (fields: VerbFields['liftForceHold'], scene: Scene): Deed => {
    const { customerId, place } = heldPlace(fields, scene);
    return async (call) => {
      for (const id of scene.memory.forcedHolds.get(place) ?? [])
        await call(toAccount('DELETE', customerId, `forced-holds/${encodeURIComponent(id)}`));
      scene.memory.forcedHolds.delete(place);
    };
  },

  collateral: (fields: VerbFields['collateral'], scene: Scene): Deed => {
    const { id, customer, kind, amount, covers, raisesLimit, from, until, stopDelivery } = fields;
    const body = {
      collateralId: scene.names.real('collateral', id),
      kind,
      value: amount,
      ...(covers !== undefined && { coveredPercent: covers }),
      ...(raisesLimit !== undefined && { raisesLimit }),
      ...(from !== undefined && { validFrom: scene.day(from) }),
      ...(until !== undefined && { validUntil: scene.day(until) }),
      ...(stopDelivery !== undefined && { stopDeliveryOn: scene.day(stopDelivery) }),
    };
    return async (call) => void (await call({ ...toAccount('POST', scene.customer(customer), 'collateral'), body }));
  },

  rate:
    (fields: VerbFields['rate'], { today }: Scene): Deed =>
    async (call) =>
      void (await call({
        service: 'customer-credit',
        method: 'PUT',
        path: `/v1/exchange-rates/${today}`,
        body: fields,
      })),
};

const toAccount = (method: 'GET' | 'PUT' | 'POST' | 'DELETE', customerId: string, rest?: string) => ({
  service: 'customer-credit' as const,
  method,
  path: `/v1/credit-accounts/${encodeURIComponent(customerId)}${rest ? `/${rest}` : ''}`,
});

/** What is not said of a group stays; one that is only named below a parent has no limit of its own. */
function changeGroup(id: string, said: { limit?: LimitRef; parent?: string }, { names, memory }: Scene): Request {
  const groupId = names.real('group', id);
  const known = memory.groups.get(groupId);
  const limit = said.limit ?? known?.limit ?? { kind: 'unlimited' };
  const parentId = said.parent === undefined ? known?.parentId : names.real('group', said.parent);
  memory.groups.set(groupId, { limit, ...(parentId && { parentId }) });
  const body = { limit, currency: currencyOf(limit) ?? 'EUR', ...(parentId && { parentId }), reason: because };
  const path = `/v1/credit-groups/${encodeURIComponent(groupId)}`;
  return { service: 'customer-credit', method: 'PUT', path, body };
}

const currencyOf = (limit: LimitRef | undefined): string | undefined =>
  limit?.kind === 'amount' ? limit.amount.currency : undefined;

const newCustomer = ({ id, limit, currency }: VerbFields['customer']) => ({
  name: id,
  currency: currency ?? currencyOf(limit) ?? 'EUR',
  language: 'en',
  country: 'DE',
});

function record(fields: VerbFields['customer'], scene: Scene) {
  const { limit, currency, group, parent, riskClass, segment, rep, terms, screening, limitUntil, language } = fields;
  const creditGroup = group ?? parent;
  return {
    ...(currency && { currency }),
    ...(language && { language }),
    ...(creditGroup && { creditGroupId: scene.names.real('group', creditGroup) }),
    ...(segment && { segment }),
    ...(rep && { salesRepId: scene.names.person(rep) }),
    ...(terms !== undefined && { paymentTermsDays: terms }),
    ...(riskClass && { riskClass }),
    ...(screening && { screening }),
    ...(limit && { limit }),
    ...(limitUntil !== undefined && { limitValidUntil: scene.day(limitUntil) }),
  };
}

function heldPlace({ customer, order }: VerbFields['forceHold'], scene: Scene) {
  if (customer !== undefined) {
    const customerId = scene.customer(customer);
    return { customerId, place: `customer:${customerId}` };
  }
  const orderId = scene.names.real('order', order!);
  return { customerId: scene.ownerOf('order', order!), orderId, place: `order:${orderId}` };
}
