import { check } from './check.ts';

const answers = ['ShipmentAuthorized.v1', 'ShipmentRefused.v1'];

/** However often a shipment was asked for and told, there is one answer. */
export const shipmentsAnswered = check<'records' | 'shipments'>(
  'shipments-answered',
  'every shipment that was asked for has one answer, and all that was told of it is that answer',
  ({ records, shipments }) => {
    const keyOf = ({ customerId, shipmentId }: { customerId?: string; shipmentId?: string }) =>
      `${customerId} ${shipmentId}`;
    const stored = new Map(shipments.map((row) => [`${row.customer_id} ${row.shipment_id}`, row]));
    const asked = new Set(records.filter(({ type }) => type === 'ShipmentRequested.v1').map(({ data }) => keyOf(data)));
    const told = records.filter(({ type }) => answers.includes(type));
    const heard = new Set(told.map(({ data }) => keyOf(data)));
    return [
      ...[...asked].filter((key) => !stored.has(key)).map((key) => `shipment ${key} was asked for and not answered`),
      ...[...asked].filter((key) => !heard.has(key)).map((key) => `nobody was told the answer to shipment ${key}`),
      ...told.flatMap(({ type, data }) => {
        const row = stored.get(keyOf(data));
        const isIt = row && row.seq === BigInt(data.seq!) && type === answers[row.outcome === 'authorized' ? 0 : 1];
        return isIt ? [] : [`shipment ${keyOf(data)} was told as ${type} (seq ${data.seq}), which is not its answer`];
      }),
    ];
  },
);
