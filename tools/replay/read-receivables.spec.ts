import { describe, expect, it } from '@jest/globals';
import type { ColumnMap } from './column-map.ts';
import { readAmount, readDay } from './read-cells.ts';
import { receivablesOf } from './read-receivables.ts';

const map: ColumnMap = {
  name: 'spec',
  dateFormat: 'DD.MM.YYYY',
  decimalSign: ',',
  currency: 'EUR',
  columns: {
    customer: 'Kunde',
    invoice: 'Rechnung',
    invoiceDate: 'Datum',
    dueDate: 'Fällig',
    amount: 'Betrag',
    settledDate: 'Bezahlt',
    disputed: 'Strittig',
  },
  disputedWhen: ['ja'],
  defaults: { country: 'DE', language: 'de' },
  limit: { factor: '1.5', firstDays: 180 },
};
const heading = 'Kunde;Rechnung;Datum;Fällig;Betrag;Bezahlt;Strittig'.replaceAll(';', ',');
const fileOf = (...rows: string[]): string => [heading, ...rows].join('\n');
const read = (...rows: string[]) => receivablesOf(fileOf(...rows), 'own.csv', map);

describe('a file of receivables', () => {
  it('is read by its map: days, amounts, an empty settlement is an open invoice', () => {
    expect(
      read('C-1,R-1,02.01.2026,01.02.2026,"1.234,50",,ja', 'C-2,R-2,03.01.2026,02.02.2026,"7,5",04.02.2026,'),
    ).toEqual([
      {
        line: 2,
        customerId: 'C-1',
        invoiceId: 'R-1',
        invoicedOn: '2026-01-02',
        dueOn: '2026-02-01',
        settledOn: null,
        minor: 123450n,
        currency: 'EUR',
        isDisputed: true,
      },
      expect.objectContaining({ line: 3, settledOn: '2026-02-04', minor: 750n, isDisputed: false }),
    ]);
  });

  it('takes the due day from the payment terms when it has no column for it', () => {
    const { dueDate: _, ...columns } = map.columns;
    const own = { ...map, columns, defaults: { ...map.defaults, paymentTermsDays: 14 } };
    const [row] = receivablesOf(fileOf('C-1,R-1,20.02.2024,,"1,00",,'), 'own.csv', own);
    expect(row).toMatchObject({ dueOn: '2024-03-05' });
  });

  it.each([
    {
      row: 'C-1,R-1,2026-01-02,01.02.2026,1,,',
      says: 'line 2, column Datum: "2026-01-02" is no day in the format DD.MM.YYYY',
    },
    { row: 'C-1,R-1,31.02.2026,01.02.2026,1,,', says: 'line 2, column Datum: "31.02.2026" is no day' },
    {
      row: 'C-1,R-1,02.01.2026,01.02.2026,"1,234",,',
      says: 'line 2, column Betrag: "1,234" must have at most 2 fraction digits',
    },
    { row: 'C-1,R-1,02.01.2026,01.02.2026,"0,00",,', says: 'line 2, column Betrag: "0,00" must be above 0' },
    { row: 'C-1,R-1,02.01.2026,01.02.2026,"-5,00",,', says: 'line 2, column Betrag: "-5,00" must be above 0' },
    { row: ',R-1,02.01.2026,01.02.2026,1,,', says: 'line 2, column Kunde: "" must not be empty' },
    { row: 'C-1,R-1,02.01.2026', says: 'on line 2' },
  ])('is refused with line, column and value: $says', ({ row, says }) => {
    expect(() => read(row)).toThrow(says);
  });

  it('names every mistake at once, and what only two rows together show', () => {
    const own = { ...map, columns: { ...map.columns, currency: 'Strittig' } };
    const text = fileOf('C-1,R-1,02.01.2026,01.02.2026,1,,EUR', 'C-1,R-1,x,01.02.2026,1,,USD');
    expect(() => receivablesOf(text, 'own.csv', own)).toThrow(
      'own.csv cannot be replayed, nothing was sent:\n' +
        '  line 3, column Datum: "x" is no day in the format DD.MM.YYYY\n' +
        '  line 3: invoice R-1 was already on line 2\n' +
        '  line 3: customer C-1 has USD here and EUR on line 2',
    );
  });

  it('is refused when a column of the map is missing', () => {
    const own = { ...map, columns: { ...map.columns, amount: 'Summe' } };
    expect(() => receivablesOf(fileOf('C-1,R-1,02.01.2026,01.02.2026,1,,'), 'own.csv', own)).toThrow(
      'no column "Summe" (columns.amount of the map)',
    );
  });
});

describe('cells', () => {
  it.each([
    { text: '1/2/2013', format: 'M/D/YYYY', day: '2013-01-02' },
    { text: '12/31/2013', format: 'M/D/YYYY', day: '2013-12-31' },
    { text: '13/2/2013', format: 'M/D/YYYY', day: null },
    { text: '2/29/2013', format: 'M/D/YYYY', day: null },
    { text: '1/2/13', format: 'M/D/YYYY', day: null },
    { text: '20130102', format: 'YYYYMMDD', day: '2013-01-02' },
    { text: '2013x01x02', format: 'YYYY.MM.DD', day: null },
  ])('"$text" as $format is $day', ({ text, format, day }) => expect(readDay(text, format)).toBe(day));

  it.each([
    { text: '1,234.50', sign: '.' as const, amount: '1234.50' },
    { text: '1.234,50', sign: ',' as const, amount: '1234.50' },
    { text: '-3', sign: ',' as const, amount: '-3' },
  ])('"$text" with "$sign" is $amount', ({ text, sign, amount }) => expect(readAmount(text, sign)).toBe(amount));
});
