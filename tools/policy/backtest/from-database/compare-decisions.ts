import type { Database, Sql } from '@ordergate/database';
import { recompute } from '../../../../services/customer-credit/src/domain/gate/explain-decision.ts';
import type { Decision } from '../../../../services/customer-credit/src/domain/gate/decision.ts';
import { barePolicy, type Policy } from '../../../../services/customer-credit/src/domain/policy/policy.ts';
import { laidOver } from '../../../../services/customer-credit/src/domain/policy/select-parameters.ts';
import { readWrittenPolicy } from '../../../../services/customer-credit/src/store/policy.store.ts';
import type { Answer, ComparedOrder } from '../compared-order.ts';
import { paymentOutcome, type Judging } from '../payment-outcome.ts';
import { answerUnder, asksEarlierOrders, type Anew } from './answer-under.ts';
import type { CustomerThen } from './customer-then.ts';
import { batches, firstDecisions, readCustomers, type Period } from './read-history.ts';

export interface CompareOptions {
  /** null: the decisions as they were taken, each with the policy that was in force. */
  before: Policy | null;
  after: Policy;
  period: Period;
  judging: Judging;
  onOrder: (order: ComparedOrder) => void;
  /** So many orders of the period are behind. */
  onProgress: (orders: number) => void;
}

/** What the comparison found out about itself. */
export interface Evidence {
  /** The policies, by version, with which the decisions were taken. */
  taken: Map<string, Policy>;
  /** Orders of the period without an answer of the rules, or whose newest version was decided before. */
  notCompared: number;
  /** Decisions that give the same answer when they are worked out again with their own policy. */
  sameAgain: number;
  compared: number;
  /** Orders for which some facts were worked out anew. */
  anew: Map<Anew, number>;
  /** Orders whose answer depends on when an item was disputed. */
  uncertain: string[];
  /** Of open items that were worked out anew and had a record, how many fit it. */
  checked: number;
  agreed: number;
}

/** Asks both policies about every order that was decided in the period. Everything is read as it was at one moment. */
export async function compareDecisions(database: Database, options: CompareOptions): Promise<Evidence> {
  return database.snapshot((tx) => new Comparison(tx, options).run());
}

class Comparison {
  private readonly tx: Sql;
  private readonly options: CompareOptions;
  private readonly policies = new Map<string, Policy>([[barePolicy.version, barePolicy]]);
  private readonly evidence: Evidence = {
    ...{ taken: new Map(), notCompared: 0, sameAgain: 0, compared: 0, anew: new Map() },
    ...{ uncertain: [], checked: 0, agreed: 0 },
  };

  constructor(tx: Sql, options: CompareOptions) {
    this.tx = tx;
    this.options = options;
  }

  async run(): Promise<Evidence> {
    const { before, after, period, onProgress } = this.options;
    const asksEarlier = asksEarlierOrders(after) || (before !== null && asksEarlierOrders(before));
    let behind = 0;
    for await (const batch of batches(this.tx, period)) {
      const customers = await readCustomers(this.tx, batch, asksEarlier);
      for await (const decision of firstDecisions(this.tx, batch, period))
        this.compare(decision, await this.policyOf(decision), customers.get(decision.customerId)!);
      behind += batch.orders;
      onProgress(behind);
    }
    this.evidence.notCompared = behind - this.evidence.compared;
    return this.evidence;
  }

  private async policyOf({ policyVersion }: Decision): Promise<Policy> {
    let policy = this.policies.get(policyVersion);
    if (!policy) {
      const written = await readWrittenPolicy(this.tx, policyVersion);
      if (!written) throw new Error(`The policy ${policyVersion}, with which orders were decided, is not stored here`);
      this.policies.set(policyVersion, (policy = laidOver(barePolicy, written.document, '')));
    }
    return policy;
  }

  private compare(decision: Decision, taken: Policy, customer: CustomerThen): void {
    const { before, after, judging, onOrder } = this.options;
    const { evidence } = this;
    const { customerId, orderId, businessDay, totalInAccountCurrency, accountCurrency } = decision;
    evidence.compared += 1;
    evidence.taken.set(taken.version, taken);
    if (recompute(decision, taken).isSame) evidence.sameAgain += 1;
    onOrder({
      ...{ customerId, orderId, day: businessDay, minor: totalInAccountCurrency!, currency: accountCurrency! },
      before: before === null ? storedAnswer(decision) : answerUnder(before, decision, taken, customer).answer,
      after: this.askCandidate(decision, taken, customer, after),
      payment: paymentOutcome(customer.invoiced(orderId), judging),
    });
  }

  private askCandidate(decision: Decision, taken: Policy, customer: CustomerThen, after: Policy): Answer {
    const { evidence } = this;
    const { answer, anew, isUncertain, fitsRecord } = answerUnder(after, decision, taken, customer);
    for (const what of anew) evidence.anew.set(what, (evidence.anew.get(what) ?? 0) + 1);
    if (isUncertain) evidence.uncertain.push(decision.orderId);
    if (fitsRecord !== null) evidence.checked += 1;
    if (fitsRecord) evidence.agreed += 1;
    return answer;
  }
}

const storedAnswer = ({ reasons }: Decision): Answer => reasons.map(({ code }) => code);
