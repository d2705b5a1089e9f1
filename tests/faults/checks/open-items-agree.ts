import type { ItemRow } from '../history/history.ts';
import { check } from './check.ts';

const keyOf = ({ customer_id, invoice_id, instalment_no }: ItemRow): string =>
  `${customer_id} ${invoice_id}/${instalment_no}`;
const standOf = (item: ItemRow | undefined): string => (item ? `${item.open} of ${item.amount} open` : 'nothing');

/** Two services keep the same books from the same topic. */
export const openItemsAgree = check<'gateItems' | 'collectedItems'>(
  'open-items-agree',
  'collections and the gate have the same invoices with the same open amounts',
  ({ gateItems, collectedItems }) => {
    const gate = new Map(gateItems.map((item) => [keyOf(item), item]));
    const collected = new Map(collectedItems.map((item) => [keyOf(item), item]));
    return [...new Set([...gate.keys(), ...collected.keys()])].flatMap((key) => {
      const [atGate, atCollections] = [standOf(gate.get(key)), standOf(collected.get(key))];
      return atGate === atCollections ? [] : [`invoice ${key}: ${atGate} at the gate, ${atCollections} at collections`];
    });
  },
);
