import { LimitV1 } from './limit-v1.ts';
import { ListOf, Nested } from '../../fields/nested-fields.ts';
import { Count, Currency, Day, Identifier, Instant, OneOf, Pattern, Text } from '../../fields/scalar-fields.ts';

export const riskClasses = ['A', 'B', 'C', 'D', 'E'] as const;
export type RiskClass = (typeof riskClasses)[number];
export const screenings = ['passed', 'pending', 'failed'] as const;
export type Screening = (typeof screenings)[number];

export const languagePattern = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/;
export const languageProblem = 'must be a language tag like "tr" or "zh-Hans"';

export class ContactV1 {
  @Text(64, { meaning: 'What the contact is asked for: accounts-payable, purchasing …' })
  role!: string;
  @Text(200, { optional: true })
  name?: string;
  @Text(254, { optional: true })
  email?: string;
  @Text(40, { optional: true })
  phone?: string;
  @Pattern(languagePattern, languageProblem, { optional: true })
  language?: string;
}

/** The whole master record of a customer. */
export class CustomerV1 {
  @Identifier()
  customerId!: string;
  @Text(200, { meaning: 'Legal name' })
  name!: string;
  @Currency({ meaning: 'Currency of the credit account' })
  currency!: string;
  @Pattern(languagePattern, languageProblem)
  language!: string;
  @Pattern(/^[A-Z]{2}$/, 'must be an ISO 3166 country code like "TR"')
  country!: string;
  @Identifier({ optional: true })
  creditGroupId?: string;
  @Identifier({ optional: true })
  segment?: string;
  @Identifier({ optional: true })
  salesRepId?: string;
  @Count(0, 3650, { optional: true, meaning: 'Agreed days from invoice to due day' })
  paymentTermsDays?: number;
  @OneOf(riskClasses, { optional: true })
  riskClass?: RiskClass;
  @OneOf(screenings, { optional: true })
  screening?: Screening;
  @Nested(() => LimitV1, {
    optional: true,
    meaning:
      'The first one is taken over, later ones only if this source changed its mind; `none` at first, when left out',
  })
  limit?: LimitV1;
  @Day({ optional: true })
  limitValidUntil?: string;
  @Text(64, { optional: true })
  taxId?: string;
  @Text(300, { optional: true, meaning: 'Where the company is, in one line' })
  address?: string;
  @Text(64, { optional: true, meaning: 'From which the customer pays: an IBAN, or as the bank writes it' })
  bankAccount?: string;
  @Text(254, { optional: true })
  email?: string;
  @ListOf(() => ContactV1, { optional: true, itemsMax: 100 })
  contacts?: ContactV1[];
  @Instant({
    optional: true,
    meaning:
      'When the record changed at its source; an older one changes nothing; the time of the event, when left out',
  })
  updatedAt?: string;
}
