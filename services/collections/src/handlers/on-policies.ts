import { Injectable } from '@nestjs/common';
import { Count, Decimal, Identifier, ListOf, Nested, parseAs, type PolicyActivatedV1 } from '@ordergate/contracts';
import { deadLetter, type BatchHandler, type Chunk, type Delivery, type Outgoing } from '@ordergate/messaging';
import type { DunningPolicy, DunningScope } from '../domain/dunning/dunning-policy.ts';
import { saveDunningPolicy } from '../store/dunning-policy.store.ts';

class Level {
  @Count(1, 9)
  level!: number;
  @Count(0, 3650)
  days!: number;
  @Decimal('not-negative', { optional: true })
  fee?: string;
  @Decimal('not-negative', { optional: true })
  amountMin?: string;
}
class Dunning {
  @ListOf(() => Level, { optional: true, itemsMax: 9 })
  levels?: Level[];
  @Count(0, 3650, { optional: true })
  intervalDays?: number;
}
class DunningScopeShape {
  @Nested(() => Dunning, { optional: true })
  dunning?: Dunning;
}
class DunningDocument extends DunningScopeShape {
  @Identifier()
  version!: string;
  @ListOf(() => DunningScopeShape, { optional: true, itemsMax: 100_000 })
  scopes?: DunningScopeShape[];
}

/** Keeps what the active policy says about dunning. customer-credit has checked the document; what cannot be read is refused. */
@Injectable()
export class OnPolicies implements BatchHandler {
  readonly types: readonly string[] = ['PolicyActivated.v1', 'PolicyDeleted'];

  async handle(deliveries: Delivery<PolicyActivatedV1>[], { sql }: Chunk): Promise<Outgoing[]> {
    const outgoing: Outgoing[] = [];
    let active: DunningPolicy | undefined;
    for (const delivery of deliveries.filter(({ type }) => type === 'PolicyActivated.v1')) {
      const { version, document } = delivery.message;
      const parsed = parseAs(DunningDocument, { ...document, version });
      if (parsed.ok) active = dunningOf(parsed.message, document);
      else {
        const violations = parsed.violations.map(({ field, problem }) => `document.${field} ${problem}`);
        outgoing.push(deadLetter(delivery, ...violations));
      }
    }
    if (active) await saveDunningPolicy(sql, active);
    return outgoing;
  }
}

function dunningOf(
  { version, dunning, scopes = [] }: DunningDocument,
  document: Record<string, unknown>,
): DunningPolicy {
  const whens = (document['scopes'] ?? []) as { when: DunningScope['when'] }[];
  return {
    version,
    dunning: { levels: dunning?.levels ?? [], intervalDays: dunning?.intervalDays ?? 0 },
    scopes: scopes.flatMap((scope, at) => (scope.dunning ? [{ when: whens[at]!.when, dunning: scope.dunning }] : [])),
  };
}
