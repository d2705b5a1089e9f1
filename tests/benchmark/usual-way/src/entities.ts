import { Column, Entity, PrimaryColumn, type ValueTransformer } from 'typeorm';

/** Postgres' bigint comes as text, since a number would round it. */
const minorUnits: ValueTransformer = { to: (value: bigint) => String(value), from: (value: string) => BigInt(value) };

@Entity('credit_account')
export class CreditAccount {
  @PrimaryColumn('text')
  customerId!: string;
  @Column('text')
  currency!: string;
  @Column('bigint', { transformer: minorUnits })
  limitMinor!: bigint;
  @Column('bigint', { transformer: minorUnits, default: 0 })
  openOrders!: bigint;
  @Column('int', { default: 0 })
  seq!: number;
}

@Entity('customer_order')
export class CustomerOrder {
  @PrimaryColumn('text')
  orderId!: string;
  @Column('text')
  customerId!: string;
  @Column('int')
  orderVersion!: number;
  @Column('bigint', { transformer: minorUnits })
  total!: bigint;
  @Column('text')
  status!: 'approved' | 'held';
  @Column('timestamptz')
  placedAt!: Date;
}

@Entity('decision')
export class StoredDecision {
  @PrimaryColumn('text')
  customerId!: string;
  @PrimaryColumn('int')
  seq!: number;
  @Column('text')
  orderId!: string;
  @Column('text')
  outcome!: 'approved' | 'held';
  /** As it is told. */
  @Column('jsonb')
  told!: object;
}

/** Messages that were handled. */
@Entity('inbox_message')
export class InboxMessage {
  @PrimaryColumn('text')
  id!: string;
  @Column('timestamptz')
  receivedAt!: Date;
}
