import type { IdKind } from '../cast.ts';
import type { Expectation } from '../form/expect-form.ts';
import type { Ask } from '../system/caller.ts';
import type { StoryRecords } from '../system/heard.ts';
import type { Scene } from '../verbs/scene.ts';
import { alertMismatches, decisionMismatches, holdMismatches, shipmentMismatches } from './check-decision.ts';
import {
  accountMismatches,
  notifiedMismatches,
  orderCountMismatches,
  orderMismatches,
  standingMismatches,
} from './check-state.ts';
import type { Asked, Mismatch } from './mismatch.ts';

/** Everything that differs from what is expected. What the expectation names itself goes before what the verb is about. */
export async function mismatchesOf(
  expect: Expectation,
  beside: Asked,
  scene: Scene,
  records: StoryRecords,
  ask: Ask,
): Promise<Mismatch[]> {
  const real = (kind: IdKind, id: string | undefined, other: string | undefined) =>
    id === undefined ? other : scene.names.real(kind, id);
  const order = real('order', expect.order?.id, beside.order);
  const customer = real('customer', expect.customer, beside.customer);
  const asked: Asked = { ...beside, ...(order && { order }), ...(customer && { customer }) };
  const shipment = real('shipment', expect.shipment?.id, asked.shipment);
  return [
    ...decisionMismatches(expect, asked, records),
    ...holdMismatches(expect, real('order', expect.hold?.order, order), records),
    ...(expect.shipment ? shipmentMismatches(expect.shipment, shipment, records) : []),
    ...(await orderMismatches(expect, order, ask)),
    ...(await accountMismatches(expect, asked, scene, ask)),
    ...orderCountMismatches(expect, asked, scene, records),
    ...alertMismatches(expect, asked, records),
    ...(await standingMismatches(expect, asked, ask)),
    ...(await notifiedMismatches(expect, asked, scene, ask)),
  ];
}
