/** Exact money and calendar days: all that domain code may import beside itself. Pure, without a clock. */
export * from './amount.ts';
export * from './conversion.ts';
export * from './currency.ts';
export * from './days.ts';
export * from './decimal.ts';
export * from './money.ts';
