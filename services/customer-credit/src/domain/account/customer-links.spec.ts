import { describe, expect, it } from '@jest/globals';
import { linksOf, type Identity } from './customer-links.ts';

const links = (differs: Partial<Identity>): string[] =>
  linksOf({ taxId: null, address: null, bankAccount: null, emails: [], creditGroupId: null, ...differs });

describe('What links customers', () => {
  it.each([
    { identity: { taxId: 'DE 123.456-789' }, is: ['tax-id de123456789'], because: 'clerks write it in many ways' },
    { identity: { taxId: '-' }, is: [], because: 'that is no tax id' },
    {
      identity: { address: 'Gül Sok. 5, İzmir' },
      is: [`address ${'gülsok5i̇zmir'.replace(/[^\p{L}\p{N}]/gu, '')}`],
      because: 'letters of any script count',
    },
    {
      identity: { bankAccount: 'DE89 3704 0044 0532 0130 00' },
      is: ['bank-account de89370400440532013000'],
      because: 'spaces do not',
    },
    {
      identity: { emails: ['info@Yildiz-Gida.example'] },
      is: ['e-mail yildiz-gida.example'],
      because: 'the domain is the company’s',
    },
    { identity: { emails: ['yildizgida@gmail.com'] }, is: [], because: 'everybody has an address there' },
    {
      identity: { emails: ['a@x.example', 'b@x.example', 'c@y.example'] },
      is: ['e-mail x.example', 'e-mail y.example'],
      because: 'contacts count, each domain once',
    },
    { identity: { creditGroupId: 'G-1' }, is: ['credit-group G-1'], because: 'somebody has said so' },
    { identity: {}, is: [], because: 'nothing is known' },
  ])('is $is, since $because', ({ identity, is }) => expect(links(identity)).toEqual(is));

  it('is not mixed up between kinds', () => expect(links({ taxId: '12345', bankAccount: '12345' })).toHaveLength(2));
});
