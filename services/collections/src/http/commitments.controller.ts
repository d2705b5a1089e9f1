import { Controller, Get, Post } from '@nestjs/common';
import { Day, Identifier, InstalmentV1, ListOf, MoneyField, PositiveMoneyV1, Satisfies } from '@ordergate/contracts';
import { Database } from '@ordergate/database';
import {
  CommandId,
  IdParam,
  notFound,
  pageOf,
  PageParam,
  Traceparent,
  ValidBody,
  WaitParam,
  type Answer,
  type Page,
  type PageRequest,
} from '@ordergate/http';
import { AllowRoles, CurrentUser, readers, type User } from '@ordergate/identity';
import { formatMoney, parseMoney } from '@ordergate/money';
import { promisedTotal, receivedFor, type Commitment } from '../domain/promise/commitment.ts';
import { readCommitment, readCommitments, type KeptCommitment } from '../store/commitment.store.ts';
import { Commitments } from './commitments.ts';

class PromiseBody {
  @Identifier({ optional: true, meaning: 'Your id of it; one is made, when left out' })
  promiseId?: string;
  @Identifier()
  customerId!: string;
  @MoneyField({ sign: 'positive', meaning: 'What is promised' })
  amount!: PositiveMoneyV1;
  @Day({ meaning: 'The last day on which paying it is in time' })
  payOn!: string;
}

class PaymentPlanBody {
  @Identifier({ optional: true, meaning: 'Your id of it; one is made, when left out' })
  planId?: string;
  @Identifier()
  customerId!: string;
  @Satisfies<PaymentPlanBody>('must all be in one currency', ({ instalments }) =>
    instalments.every(({ amount }) => amount.currency === instalments[0]?.amount.currency),
  )
  @ListOf(() => InstalmentV1, { itemsMin: 1, itemsMax: 120, meaning: 'What is to be paid when' })
  instalments!: InstalmentV1[];
}

/** What customers commit to pay. */
@Controller('v1')
@AllowRoles(...readers('collector', 'credit-analyst', 'credit-manager'))
export class CommitmentsController {
  private readonly commitments: Commitments;
  private readonly database: Database;

  constructor(commitments: Commitments, database: Database) {
    this.commitments = commitments;
    this.database = database;
  }

  @Post('promises')
  @AllowRoles('collector')
  promise(
    @ValidBody(PromiseBody) { customerId, amount, payOn, promiseId }: PromiseBody,
    @CurrentUser() user: User,
    @WaitParam() waitMs: number,
    @CommandId() commandId: string,
    @Traceparent() traceparent: string,
  ): Promise<Answer> {
    const id = promiseId ?? commandId;
    const { minor, currency } = parseMoney(amount);
    const data = { customerId, promiseId: id, amount, payOn, requestedBy: user.id };
    return this.commitments.make(
      {
        ...{ kind: 'promise', id, customerId, currency, instalments: [{ payOn, amount: minor }] },
        ...{ type: 'RecordPromise.v1', data },
      },
      { commandId, traceparent, waitMs },
    );
  }

  @Post('payment-plans')
  @AllowRoles('collector')
  agree(
    @ValidBody(PaymentPlanBody) { customerId, instalments, planId }: PaymentPlanBody,
    @CurrentUser() user: User,
    @WaitParam() waitMs: number,
    @CommandId() commandId: string,
    @Traceparent() traceparent: string,
  ): Promise<Answer> {
    const id = planId ?? commandId;
    const data = { customerId, planId: id, instalments, requestedBy: user.id };
    const parts = instalments.map(({ dueOn, amount }) => ({ payOn: dueOn, amount: parseMoney(amount).minor }));
    return this.commitments.make(
      {
        ...{ kind: 'plan', id, customerId, currency: instalments[0]!.amount.currency, instalments: parts },
        ...{ type: 'AgreePaymentPlan.v1', data },
      },
      { commandId, traceparent, waitMs },
    );
  }

  @Get('customers/:customerId/promises')
  promises(@IdParam('customerId') customerId: string, @PageParam('instant', 'identifier') page: PageRequest) {
    return this.list(customerId, 'promise', page);
  }

  @Get('customers/:customerId/promises/:promiseId')
  readPromise(@IdParam('customerId') customerId: string, @IdParam('promiseId') id: string) {
    return this.one(customerId, 'promise', id);
  }

  @Get('customers/:customerId/payment-plans')
  plans(@IdParam('customerId') customerId: string, @PageParam('instant', 'identifier') page: PageRequest) {
    return this.list(customerId, 'plan', page);
  }

  @Get('customers/:customerId/payment-plans/:planId')
  readPlan(@IdParam('customerId') customerId: string, @IdParam('planId') id: string) {
    return this.one(customerId, 'plan', id);
  }

  private async list(customerId: string, kind: Commitment['kind'], page: PageRequest): Promise<Page<object>> {
    const rows = await readCommitments(this.database, customerId, kind, { ...page, limit: page.limit + 1 });
    const { items, ...next } = pageOf(rows, page.limit, ({ madeAt, id }) => [madeAt.toISOString(), id]);
    return { items: items.map(commitmentView), ...next };
  }

  private async one(customerId: string, kind: Commitment['kind'], id: string) {
    const commitment = await readCommitment(this.database, customerId, kind, id);
    if (!commitment) throw notFound(`Customer ${customerId} has no ${kind === 'promise' ? 'promise' : 'plan'} ${id}`);
    return commitmentView(commitment);
  }
}

function commitmentView(commitment: KeptCommitment): object {
  const { kind, id, customerId, currency, instalments, state, madeBy, madeAt } = commitment;
  const inCurrency = (minor: bigint) => formatMoney({ minor, currency });
  return {
    ...{ [`${kind}Id`]: id, customerId, state },
    amount: inCurrency(promisedTotal(commitment)),
    received: inCurrency(receivedFor(commitment)),
    ...(kind === 'promise'
      ? { payOn: instalments[0]!.payOn }
      : { instalments: instalments.map(({ payOn, amount }) => ({ dueOn: payOn, amount: inCurrency(amount) })) }),
    ...{ madeBy, madeAt: madeAt.toISOString() },
  };
}
