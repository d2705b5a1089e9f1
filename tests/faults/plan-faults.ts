import type { ServerName } from '@ordergate/local-infra';
import type { Chance } from './load/chance.ts';

/** One outage: who, how, and how long the world goes on before it. */
export interface Fault {
  kind: 'kill' | 'freeze';
  target: string;
  isServer: boolean;
  /** Business as usual before it, so that it comes at any moment of any chunk. */
  calmMs: number;
}

const servers: readonly ServerName[] = ['kafka', 'postgres'];

/** Everything that can happen to anybody, once. The owner that wakes late is only of interest where lanes decide. */
function everything(services: readonly string[]): Omit<Fault, 'calmMs'>[] {
  const credit = services.filter((name) => name.startsWith('customer-credit'));
  return [
    ...services.map((target) => ({ kind: 'kill' as const, target, isServer: false })),
    ...servers.map((target) => ({ kind: 'kill' as const, target, isServer: true })),
    ...credit.map((target) => ({ kind: 'freeze' as const, target, isServer: false })),
  ];
}

/** Rounds of everything, each shuffled, until there are `count`; two rounds when none is given. */
export function planFaults(
  chance: Chance,
  services: readonly string[],
  { count, only }: { count?: number | undefined; only?: string | undefined },
): Fault[] {
  const round = everything(services).filter(({ target }) => only === undefined || target === only);
  if (round.length === 0)
    throw new Error(`nothing is called ${only}; there are ${services.join(', ')}, ${servers.join(', ')}`);
  const wanted = count ?? round.length * 2;
  const plan: Fault[] = [];
  while (plan.length < wanted)
    plan.push(...chance.shuffled(round).map((fault) => ({ ...fault, calmMs: chance.whole(200, 1_500) })));
  return plan.slice(0, wanted);
}
