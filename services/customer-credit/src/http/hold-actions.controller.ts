import { Controller, HttpCode, Post } from '@nestjs/common';
import { Database } from '@ordergate/database';
import { CommandId, IdParam, QueryParam, Traceparent, ValidBody, type Answer } from '@ordergate/http';
import { AllowRoles, CurrentUser, type User } from '@ordergate/identity';
import { v5 as uuidv5 } from 'uuid';
import type { CreditHold } from '../domain/hold/credit-hold.ts';
import { readHoldsOfOrders } from '../store/hold-list.store.ts';
import { Commands } from './commands.ts';
import { seenBy } from './hold-access.ts';
import {
  AssignmentBody,
  CommentBody,
  ConfirmationBody,
  DeclineBody,
  RefusalBody,
  ReleaseBody,
  ReleasesBody,
} from './hold-bodies.ts';

/** Who asks, about which order, in which call. */
interface Asking {
  orderId: string;
  customerId: string | undefined;
  user: User;
  id: string;
  traceparent: string;
}

const finance = ['credit-analyst', 'credit-manager'] as const;

/** What people do about held orders: commands in the customer's lane, where it is judged whether they may. */
@Controller('v1/holds')
@AllowRoles(...finance)
export class HoldActionsController {
  private readonly commands: Commands;
  private readonly database: Database;

  constructor(commands: Commands, database: Database) {
    this.commands = commands;
    this.database = database;
  }

  /** Several at once, each judged by itself: what came of each, in the order in which they were named. */
  @Post('releases')
  @HttpCode(200)
  async releaseAll(
    @ValidBody(ReleasesBody) { orders, ...body }: ReleasesBody,
    @CurrentUser() user: User,
    @CommandId() id: string,
    @Traceparent() traceparent: string,
  ): Promise<object> {
    const known = Map.groupBy(
      await readHoldsOfOrders(
        this.database,
        orders.map(({ orderId }) => orderId),
      ),
      ({ orderId }) => orderId,
    );
    const asked = orders.map(({ orderId, customerId }) => {
      const holds = (known.get(orderId) ?? []).filter((hold) => (customerId ?? hold.customerId) === hold.customerId);
      const asking = { orderId, customerId, user, id: uuidv5(`${orderId} ${customerId ?? ''}`, id), traceparent };
      return { orderId, command: holds[0] && commandOf('ReleaseHold.v1', holds[0], asking, body) };
    });
    const commands = asked.flatMap(({ command }) => command ?? []);
    const outcomes = await this.commands.askAll(commands);
    const outcomeOf = new Map(commands.map(({ id: commandId }, at) => [commandId, outcomes[at]]));
    const results = asked.map(({ orderId, command }) => ({
      orderId,
      ...(command ? (outcomeOf.get(command.id) ?? notYet(command.id)) : notFound(orderId)),
    }));
    return { released: results.filter(({ status }) => status === 200).length, results };
  }

  /** Reserves credit beyond what the rules allow. 409 `second-person-needed`: the word is kept, and somebody else has to agree. */
  @Post(':orderId/release')
  @HttpCode(200)
  release(
    @IdParam('orderId') orderId: string,
    @QueryParam('customerId', 'identifier') customerId: string | undefined,
    @ValidBody(ReleaseBody) body: ReleaseBody,
    @CurrentUser() user: User,
    @CommandId() id: string,
    @Traceparent() traceparent: string,
  ): Promise<Answer> {
    return this.ask('ReleaseHold.v1', { orderId, customerId, user, id, traceparent }, body);
  }

  @Post(':orderId/release/confirmation')
  @HttpCode(200)
  confirm(
    @IdParam('orderId') orderId: string,
    @QueryParam('customerId', 'identifier') customerId: string | undefined,
    @ValidBody(ConfirmationBody) body: ConfirmationBody,
    @CurrentUser() user: User,
    @CommandId() id: string,
    @Traceparent() traceparent: string,
  ): Promise<Answer> {
    const asking = { orderId, customerId, user, id, traceparent };
    return this.ask('AnswerReleaseRequest.v1', asking, { answer: 'confirmed', ...body });
  }

  @Post(':orderId/release/refusal')
  @HttpCode(200)
  refuse(
    @IdParam('orderId') orderId: string,
    @QueryParam('customerId', 'identifier') customerId: string | undefined,
    @ValidBody(RefusalBody) body: RefusalBody,
    @CurrentUser() user: User,
    @CommandId() id: string,
    @Traceparent() traceparent: string,
  ): Promise<Answer> {
    const asking = { orderId, customerId, user, id, traceparent };
    return this.ask('AnswerReleaseRequest.v1', asking, { answer: 'refused', ...body });
  }

  @Post(':orderId/decline')
  @HttpCode(200)
  decline(
    @IdParam('orderId') orderId: string,
    @QueryParam('customerId', 'identifier') customerId: string | undefined,
    @ValidBody(DeclineBody) body: DeclineBody,
    @CurrentUser() user: User,
    @CommandId() id: string,
    @Traceparent() traceparent: string,
  ): Promise<Answer> {
    return this.ask('DeclineHold.v1', { orderId, customerId, user, id, traceparent }, body);
  }

  @Post(':orderId/assignment')
  @HttpCode(200)
  assign(
    @IdParam('orderId') orderId: string,
    @QueryParam('customerId', 'identifier') customerId: string | undefined,
    @ValidBody(AssignmentBody) body: AssignmentBody,
    @CurrentUser() user: User,
    @CommandId() id: string,
    @Traceparent() traceparent: string,
  ): Promise<Answer> {
    return this.ask('AssignHold.v1', { orderId, customerId, user, id, traceparent }, body);
  }

  /** Sales and finance talk on the case; sales on its own. */
  @Post(':orderId/comments')
  @AllowRoles('sales', ...finance)
  comment(
    @IdParam('orderId') orderId: string,
    @QueryParam('customerId', 'identifier') customerId: string | undefined,
    @ValidBody(CommentBody) body: CommentBody,
    @CurrentUser() user: User,
    @CommandId() id: string,
    @Traceparent() traceparent: string,
  ): Promise<Answer> {
    return this.ask('CommentHold.v1', { orderId, customerId, user, id, traceparent }, body);
  }

  private async ask(type: string, asking: Asking, body: object): Promise<Answer> {
    const { orderId, customerId, user } = asking;
    const holds = await readHoldsOfOrders(this.database, [orderId], customerId);
    return this.commands.ask(commandOf(type, seenBy(user, holds, orderId), asking, body));
  }
}

function commandOf(type: string, { customerId, orderId }: CreditHold, { user, id, traceparent }: Asking, body: object) {
  const by = {
    userId: user.id,
    ...(user.roles.length > 0 && { roles: user.roles.join(' ') }),
    ...(user.salesReps.length > 0 && { salesReps: user.salesReps.join(' ') }),
  };
  const data = { customerId, orderId, by, ...body };
  return { topic: 'credit-commands' as const, customerId, type, id, data, traceparent };
}

const notYet = (commandId: string) => ({ status: 202, body: { commandId } });
const notFound = (orderId: string) => ({
  status: 404,
  body: { code: 'hold-not-found', detail: `No order ${orderId} is or was held` },
});
