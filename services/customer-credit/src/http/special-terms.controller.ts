import { Controller, Delete, Get, Post, Put } from '@nestjs/common';
import { Database } from '@ordergate/database';
import {
  CommandId,
  IdParam,
  PageParam,
  pageOf,
  Traceparent,
  ValidBody,
  type Answer,
  type Page,
  type PageRequest,
} from '@ordergate/http';
import { AllowRoles, CurrentUser, readers, type User } from '@ordergate/identity';
import { readAccountChanges } from '../store/account-change.store.ts';
import { CollateralBody, ForcedHoldBody, SegmentLimitBody, TemporaryLimitBody } from './account-bodies.ts';
import { Commands } from './commands.ts';

interface Asked {
  customerId: string;
  user: User;
  id: string;
  traceparent: string;
}

/** What is agreed with a customer beside the base limit: changed through the customer's own lane, each change kept as history. */
@Controller('v1/credit-accounts/:id')
@AllowRoles('credit-analyst', 'credit-manager')
export class SpecialTermsController {
  private readonly commands: Commands;
  private readonly database: Database;

  constructor(commands: Commands, database: Database) {
    this.commands = commands;
    this.database = database;
  }

  @Put('temporary-limit')
  setTemporaryLimit(
    @IdParam('id') customerId: string,
    @ValidBody(TemporaryLimitBody) body: TemporaryLimitBody,
    @CurrentUser() user: User,
    @CommandId() id: string,
    @Traceparent() traceparent: string,
  ): Promise<Answer> {
    return this.ask('SetTemporaryLimit.v1', { customerId, user, id, traceparent }, body);
  }

  @Delete('temporary-limit')
  endTemporaryLimit(
    @IdParam('id') customerId: string,
    @CurrentUser() user: User,
    @CommandId() id: string,
    @Traceparent() traceparent: string,
  ): Promise<Answer> {
    return this.ask('SetTemporaryLimit.v1', { customerId, user, id, traceparent }, { reason: 'ended' });
  }

  @Put('segment-limits/:segment')
  setSegmentLimit(
    @IdParam('id') customerId: string,
    @IdParam('segment') segment: string,
    @ValidBody(SegmentLimitBody) body: SegmentLimitBody,
    @CurrentUser() user: User,
    @CommandId() id: string,
    @Traceparent() traceparent: string,
  ): Promise<Answer> {
    return this.ask('SetSegmentLimit.v1', { customerId, user, id, traceparent }, { segment, ...body });
  }

  @Delete('segment-limits/:segment')
  endSegmentLimit(
    @IdParam('id') customerId: string,
    @IdParam('segment') segment: string,
    @CurrentUser() user: User,
    @CommandId() id: string,
    @Traceparent() traceparent: string,
  ): Promise<Answer> {
    return this.ask('SetSegmentLimit.v1', { customerId, user, id, traceparent }, { segment, reason: 'ended' });
  }

  @Post('collateral')
  takeCollateral(
    @IdParam('id') customerId: string,
    @ValidBody(CollateralBody) body: CollateralBody,
    @CurrentUser() user: User,
    @CommandId() id: string,
    @Traceparent() traceparent: string,
  ): Promise<Answer> {
    return this.ask('TakeCollateral.v1', { customerId, user, id, traceparent }, { collateralId: id, ...body });
  }

  @Delete('collateral/:collateralId')
  returnCollateral(
    @IdParam('id') customerId: string,
    @IdParam('collateralId') collateralId: string,
    @CurrentUser() user: User,
    @CommandId() id: string,
    @Traceparent() traceparent: string,
  ): Promise<Answer> {
    return this.ask('ReturnCollateral.v1', { customerId, user, id, traceparent }, { collateralId });
  }

  @Post('forced-holds')
  forceHold(
    @IdParam('id') customerId: string,
    @ValidBody(ForcedHoldBody) body: ForcedHoldBody,
    @CurrentUser() user: User,
    @CommandId() id: string,
    @Traceparent() traceparent: string,
  ): Promise<Answer> {
    return this.ask('ForceHold.v1', { customerId, user, id, traceparent }, { forcedHoldId: id, ...body });
  }

  @Delete('forced-holds/:forcedHoldId')
  liftForcedHold(
    @IdParam('id') customerId: string,
    @IdParam('forcedHoldId') forcedHoldId: string,
    @CurrentUser() user: User,
    @CommandId() id: string,
    @Traceparent() traceparent: string,
  ): Promise<Answer> {
    return this.ask('LiftForcedHold.v1', { customerId, user, id, traceparent }, { forcedHoldId });
  }

  @Get('changes')
  @AllowRoles(...readers('credit-analyst', 'credit-manager'))
  async changes(
    @IdParam('id') customerId: string,
    @PageParam('integer') { limit, after }: PageRequest,
  ): Promise<Page<object>> {
    const changes = await readAccountChanges(this.database, customerId, { beforeSeq: after?.[0], limit: limit + 1 });
    const page = pageOf(changes, limit, ({ seq }) => [String(seq)]);
    return { ...page, items: page.items.map((change) => ({ ...change, seq: Number(change.seq) })) };
  }

  private ask(type: string, { customerId, user, id, traceparent }: Asked, body: object): Promise<Answer> {
    const data = { customerId, ...body, requestedBy: user.id };
    return this.commands.ask({ topic: 'credit-commands', customerId, type, id, data, traceparent });
  }
}
