import { expressionFunctions } from '../../libs/expressions/src/index.ts';
import { expressionFacts } from '../../services/customer-credit/src/domain/policy/expression-facts.ts';
import {
  policySchema,
  rulesAlwaysOn,
  ruleSchemas,
} from '../../services/customer-credit/src/policy-document/policy-schema.ts';
import type { SchemaPart } from '../../services/customer-credit/src/policy-document/schema-parts.ts';

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
const code = (text: string): string => `\`${text}\``;

function parameterRows(where: string, { properties = {}, required = [] }: SchemaPart): string[][] {
  return Object.entries(properties).flatMap(([name, part]) => {
    const row = [code(`${where}${name}${required.includes(name) ? '*' : ''}`), part.description ?? ''];
    const items = part['items'] as SchemaPart | undefined;
    return [row, ...(items?.properties ? parameterRows(`${where}${name}[].`, items) : [])];
  });
}

function ruleRows(): string[][] {
  return Object.entries(ruleSchemas).map(([name, rule]) => {
    const parameters = parameterRows('', rule.else as SchemaPart).map(([its, meaning]) => `${its} ${meaning}`);
    return [code(name), rule.description, parameters.join('<br>')];
  });
}

const sectionNames = ['approval', 'holds', 'dunning', 'release', 'shipments'];
const sectionRows = (): string[][] =>
  sectionNames.flatMap((name) => parameterRows(`${name}.`, policySchema.properties![name]!));

const factRows = (): string[][] =>
  Object.entries(expressionFacts).flatMap(([variable, facts]) =>
    Object.entries(facts).map(([name, { type, meaning }]) => [code(`${variable}.${name}`), code(type), meaning]),
  );

const trying = `## Before it is active

\`\`\`
npm run policy -- validate policies/distributor.yaml          # every mistake with file, line and column; or what is on, and for whom
npm run policy -- diff policies/distributor.yaml next.yaml    # what differs in meaning, and whether that is stricter or looser; --json
npm run scenarios -- --policy next.yaml                       # the stories of tests/scenarios under it
npm run policy -- backtest next.yaml                          # what it would have answered to the orders of the past, and would it have been right
\`\`\`

A back-test compares a candidate with the policy in force at the time, or with \`--against OTHER.yaml\`, order by order:

- **wrongly held**: held, and all of its invoices were paid by their due day;
- **wrongly approved**: approved, and a part was paid \`--late-days N\` (30) days late or more, was written off, or is still open so long;
- what lies between is late, and what cannot be judged yet is not known. Each with the number of orders and what they are worth, in all, for what the
  candidate would change, and for each reason.

\`--database URL\` takes the decisions that customer-credit has stored there; without it receivables are replayed in memory (\`--data FILE --map FILE\`, by default
those in [data](../data/README.md)). \`--from DAY --to DAY\` say of which orders, \`--html FILE\` writes a page to read, print and pass on
(it needs nothing from anywhere), \`--json FILE\` everything for programs, order by order. What it can say and what it cannot is in [ADR 28](adr/0028-what-a-back-test-can-say.md). Somebody reports that it was done, and how it came out, with
\`PUT /v1/policies/{version}/checks\`; without that nobody can activate the version.`;

/** docs/policy.md: what a credit manager may write, from the same source that checks it. */
export const policyReference = (): string => `# The credit policy

One YAML document says which rules of the gate run, for whom, and how strict they are. [policies/distributor.yaml](../policies/distributor.yaml)
is one to start with. This page is generated from the schema that checks the document; editors use the same one
([policy.schema.json](policy.schema.json)) when the file begins with

\`\`\`yaml
# yaml-language-server: $schema=../docs/policy.schema.json
\`\`\`

- Rules with a required parameter (*) are off until they are named; \`{}\` is on, \`off\` is off.
- Amounts are text in quotes, in the currency of each account; percentages and factors are numbers; days are calendar days.
- Exactly the threshold passes, but for \`scoreMin\` and \`securedPercent\`, below which an order is held, and the \`days\` of a dunning level, which are reached at exactly.
- What is not named is as in the bare policy: approvals for 30 days without tolerance that are decided again when they end, \`oldest-first\`, holds that wait for ever, no dunning, \`credit-manager\` releases anything, the warehouse asks before goods leave.
- A document with a mistake is refused as a whole, with file, line, column and what would be right for each one.

${trying}

## Rules

Always on, without parameters: ${rulesAlwaysOn.map(code).join(', ')}.

${table(['rule', 'holds when', 'parameters'], ruleRows())}

## Other sections

${table(['parameter', 'meaning'], sectionRows())}

## Scopes

\`scopes\` is a list; each entry says with \`when\` for whom it is (\`segment\`, \`riskClass\`, \`group\`, \`customer\`: all that is named must fit) and
what is otherwise there: \`rules\`, \`approval\`, \`holds\`, \`dunning\`, \`release\`, \`shipments\`. Mappings merge key by key, lists are replaced. Of scopes that fit, a
customer's wins over a group's, that over a risk class's, that over a segment's; of the same kind the later one. A decision says which scope gave each parameter.

## Rules of your own

\`custom:<name>\` holds an order when its expression is true, with the reason \`custom:<name>\`:

\`\`\`yaml
custom:export-desk:
  expression: order.segment == "export" && order.total > amount("10000.00")
  message: Large export orders are looked at by the export desk
\`\`\`

Expressions are [CEL](https://cel.dev). They are checked when the document is read: unknown facts, wrong types and a result that is not true or false are mistakes
like any other. They have no loops and no regular expressions, so their cost is bounded by their length. While an amount has no exchange rate, rules that read amounts are
not asked: the order is held \`currency-rate-missing\`. **An expression that fails when it is asked holds the order, and says why**: the gate fails closed. Ask \`has(account.score)\` before
reading a fact that may be absent.

${table(['fact', 'type', 'meaning'], factRows())}

An \`Amount\` is one of the account's currency. It is compared with, added to and subtracted from amounts, and multiplied with whole numbers; comparing it with a plain number is a mistake.

${table(
  ['function', 'meaning'],
  Object.entries(expressionFunctions).map(([name, meaning]) => [code(name), meaning]),
)}
`;
