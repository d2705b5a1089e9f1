import { minorOf, type WireMoney } from '@ordergate/money';
import type { Expectation } from '../form/expect-form.ts';
import type { Ask, Request } from '../system/caller.ts';
import type { Scene } from '../verbs/scene.ts';
import type { StoryRecords } from '../system/heard.ts';
import { differing, type Asked, type Mismatch } from './mismatch.ts';

/** A group's exposure is one sum. */
type Pool = Omit<Account, 'exposure'> & { exposure: WireMoney };
const poolOf = (pool: Pool): Account => ({ ...pool, exposure: { total: pool.exposure } });

const idOf = (id: string | undefined): string => encodeURIComponent(id ?? '');

interface Account {
  exposure: Record<string, WireMoney>;
  available?: WireMoney;
  limit: { kind: string; amount?: WireMoney };
}

/** What the services say over HTTP about an account or a group. */
export async function accountMismatches(
  expect: Expectation,
  asked: Asked,
  scene: Scene,
  ask: Ask,
): Promise<Mismatch[]> {
  const { exposure, available, limit } = expect;
  if (!exposure && !available && !limit) return [];
  const came = expect.group
    ? poolOf(
        (await ask(get('customer-credit', `credit-groups/${idOf(scene.names.real('group', expect.group))}`))) as Pool,
      )
    : ((await ask(get('customer-credit', `credit-accounts/${idOf(asked.customer)}/exposure`))) as Account);
  return [
    ...Object.entries(exposure ?? {}).flatMap(([bucket, money]) =>
      differingMoney(`exposure.${bucket}`, money, came.exposure[bucket]),
    ),
    ...(available ? differingMoney('available', available, came.available) : []),
    ...(limit ? differing('limit', limitInWords(limit), limitInWords(came.limit)) : []),
  ];
}

/** By the decisions on the topic: approved counts released, cancelled orders count as neither. */
export function orderCountMismatches(
  expect: Expectation,
  asked: Asked,
  scene: Scene,
  records: StoryRecords,
): Mismatch[] {
  const { approvedOrders, heldOrders, group } = expect;
  if (approvedOrders === undefined && heldOrders === undefined) return [];
  const customers = group ? membersOf(scene, scene.names.real('group', group)) : new Set([asked.customer]);
  const outcomes = [...records.decisions.keys()]
    .filter((orderId) => !scene.memory.cancelled.has(orderId))
    .map((orderId) => records.effective(orderId)!)
    .filter(({ customerId }) => customers.has(customerId))
    .map(({ outcome }) => outcome);
  const approved = outcomes.filter((outcome) => outcome === 'approved' || outcome === 'released').length;
  const held = outcomes.filter((outcome) => outcome === 'held').length;
  return [
    ...(approvedOrders === undefined ? [] : differing('approvedOrders', String(approvedOrders), String(approved))),
    ...(heldOrders === undefined ? [] : differing('heldOrders', String(heldOrders), String(held))),
  ];
}

export async function standingMismatches(
  { standing }: Expectation,
  { customer }: Asked,
  ask: Ask,
): Promise<Mismatch[]> {
  if (!standing) return [];
  const path = `customers/${idOf(customer)}/standing`;
  const came = (await ask(get('collections', path))) as Record<string, unknown>;
  const { ageing, ...figures } = standing;
  const buckets = (came['ageing'] ?? []) as { bucket: string; amount: WireMoney }[];
  return [
    ...Object.entries(figures).flatMap(([name, expected]) => {
      const what = `standing.${name}`;
      return typeof expected === 'object'
        ? differingMoney(what, expected, came[name] as WireMoney | undefined)
        : differing(what, String(Number(expected)), String(Number(came[name])));
    }),
    ...(ageing ?? []).flatMap(({ bucket, amount }) =>
      differingMoney(`standing.ageing ${bucket}`, amount, buckets.find((one) => one.bucket === bucket)?.amount),
    ),
  ];
}

/** The order service's word. */
export async function orderMismatches(
  { order }: Expectation,
  orderId: string | undefined,
  ask: Ask,
): Promise<Mismatch[]> {
  if (!order?.status && !order?.statusIn) return [];
  const { status } = (await ask(get('order', `orders/${idOf(orderId)}`))) as { status: string };
  const allowed = order.statusIn ?? [order.status!];
  return allowed.some((name) => name === status)
    ? []
    : [{ what: 'order.status', expected: allowed.join(' or '), came: status }];
}

export async function notifiedMismatches(
  { notified }: Expectation,
  asked: Asked,
  scene: Scene,
  ask: Ask,
): Promise<Mismatch[]> {
  if (!notified) return [];
  const query = asked.order === undefined ? `customerId=${idOf(asked.customer)}` : `orderId=${idOf(asked.order)}`;
  const { items } = (await ask(get('notification', `notifications?${query}`))) as {
    items: { recipientId: string; template: string; orderId: string }[];
  };
  const came = items
    .map(({ recipientId, template }) => `${recipientId.replace(scene.names.prefix, '')} (${template})`)
    .join(', ');
  if (notified.length === 0) return differing('notified', '', came);
  return notified.flatMap(({ recipient, template, order }) => {
    const isTold = items.some(
      (item) =>
        (recipient === undefined || [recipient, scene.names.person(recipient)].includes(item.recipientId)) &&
        (template === undefined || item.template === template) &&
        (order === undefined || item.orderId === scene.names.real('order', order)),
    );
    return isTold
      ? []
      : [
          {
            what: 'notified',
            expected: [recipient, template, order].filter(Boolean).join(' '),
            came: came || 'nobody',
          },
        ];
  });
}

const get = (service: Request['service'], path: string): Request => ({ service, method: 'GET', path: `/v1/${path}` });

function differingMoney(what: string, expected: WireMoney, came: WireMoney | undefined): Mismatch[] {
  const inWords = ({ amount, currency }: WireMoney): string => `${amount} ${currency}`;
  const isSame =
    came?.currency === expected.currency &&
    minorOf(came.amount, came.currency) === minorOf(expected.amount, expected.currency);
  return isSame ? [] : [{ what, expected: inWords(expected), came: came ? inWords(came) : 'none' }];
}

const limitInWords = ({ kind, amount }: { kind: string; amount?: WireMoney }): string =>
  amount ? `${minorOf(amount.amount, amount.currency)} minor units of ${amount.currency}` : kind;

/** Customers in the group and in every group below it. */
function membersOf(scene: Scene, group: string): Set<string> {
  const isBelow = (candidate: unknown): boolean =>
    candidate === group || (typeof candidate === 'string' && isBelow(scene.memory.groups.get(candidate)?.parentId));
  return new Set([...scene.memory.customers].filter(([, data]) => isBelow(data['creditGroupId'])).map(([id]) => id));
}
