import type { RecordHeader } from './record-batch.ts';

export const customerCount = 20_000;
/** What every customer may owe: more than the ordinary orders of any run come to, and less than a large order. */
export const creditLimit = '9000000000.00';
export const hotCustomer = 0;
/** Beyond what the gate keeps in a customer's history, so that what is usual is said by the ordinary orders alone. */
const largeTotal = '1500000000000.00';
const largeShare = 0.1;
const hotShare = 0.2;
/** Orders are spread over so many days, and over so many representatives: none of them has much of one customer. */
const placedDays = 28;
const salesReps = 50;
const instrumentDays = 60;

export const customerIdOf = (customer: number): string => `C-${String(customer).padStart(5, '0')}`;
/** What the reader looks for in a decision; the number behind it says which order was decided. */
export const orderIdMark = '"orderId":"B-';
export const orderNumberDigits = 10;

export interface BenchmarkOrder {
  customer: number;
  value: string;
  headers: readonly RecordHeader[];
}

const fixedHeaders: readonly RecordHeader[] = [
  ['ce_specversion', '1.0'],
  ['ce_type', 'OrderPlaced.v1'],
  ['ce_source', 'benchmark'],
  ['content-type', 'application/json'],
];

/**
 * The stream of orders of one seed. Customers are skewed: the first hundredth of them places a tenth of the orders, the
 * first fifth nearly half. A tenth of the orders is larger than any limit, so that nine of ten are approved for ever. They are
 * of the last four weeks, some with a discount, some paid by cheque, so that every rule of a policy has something to look at.
 */
export class Orders {
  private readonly random: () => number;

  constructor(seed: number) {
    this.random = seededRandom(seed);
  }

  next(orderNumber: number, isHot: boolean, at: string): BenchmarkOrder {
    const { random } = this;
    const customer = isHot && random() < hotShare ? hotCustomer : Math.floor(customerCount * random() ** 2);
    const total = random() < largeShare ? largeTotal : `${1_000 + Math.floor(random() * 9_000)}.50`;
    const digits = String(orderNumber).padStart(orderNumberDigits, '0');
    const orderId = `B-${digits}`;
    const money = `{"amount":"${total}","currency":"EUR"}`;
    const { placedAt, instrumentDueOn } = placedOn(at, orderNumber % placedDays);
    const payment = orderNumber % 40 === 7 ? `"instrument","instrumentDueOn":"${instrumentDueOn}"` : '"open-account"';
    const discount = orderNumber % 10 === 3 ? '5' : '0';
    return {
      customer,
      value:
        `{"orderId":"${orderId}","orderVersion":1,"customerId":"${customerIdOf(customer)}","total":${money},` +
        `"placedAt":"${placedAt}","segment":"food-service","salesRepId":"R-${orderNumber % salesReps}","paymentMethod":${payment},` +
        `"paymentTermsDays":30,"lines":[{"sku":"A-1","quantity":"1","unitPrice":"${total}","discountPercent":"${discount}"}]}`,
      headers: [
        ...fixedHeaders,
        ['ce_id', `0190b8f0-0000-7000-8000-00${digits}`],
        ['ce_time', at],
        ['ce_correlationid', orderId],
      ],
    };
  }
}

interface PlacedOn {
  placedAt: string;
  instrumentDueOn: string;
}

const dayMs = 86_400_000;
let known = { at: '', days: [] as PlacedOn[] };

/** So many days before `at`; made once for all orders of an instant. */
function placedOn(at: string, daysBefore: number): PlacedOn {
  if (known.at !== at) {
    const days = Array.from({ length: placedDays }, (_, before) => {
      const placedMs = Date.parse(at) - before * dayMs;
      const dueOn = new Date(placedMs + instrumentDays * dayMs).toISOString().slice(0, 10);
      return { placedAt: new Date(placedMs).toISOString(), instrumentDueOn: dueOn };
    });
    known = { at, days };
  }
  return known.days[daysBefore]!;
}

/** Mulberry32: the same numbers for the same seed on every machine. */
function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
