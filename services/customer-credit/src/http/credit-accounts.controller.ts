import { Controller, Delete, Get, Post, Put } from '@nestjs/common';
import { Database } from '@ordergate/database';
import { CommandId, IdParam, notFound, Traceparent, ValidBody, type Answer } from '@ordergate/http';
import { AllowRoles, CurrentUser, readers, type User } from '@ordergate/identity';
import type { CreditAccount } from '../domain/account/credit-account.ts';
import { accountData } from '../handlers/account-messages.ts';
import { availableData, exposureData, limitData } from '../handlers/decision-message.ts';
import { readAccount } from '../store/credit-account.store.ts';
import { BlockBody, LimitBody } from './account-bodies.ts';
import { Commands } from './commands.ts';

const whoReads = readers('credit-analyst', 'credit-manager', 'collector', 'accounting');

/** The customer's credit master: read, and changed through the customer's own lane. */
@Controller('v1/credit-accounts/:id')
export class CreditAccountsController {
  private readonly commands: Commands;
  private readonly database: Database;

  constructor(commands: Commands, database: Database) {
    this.commands = commands;
    this.database = database;
  }

  @Get()
  @AllowRoles(...whoReads)
  async read(@IdParam('id') customerId: string): Promise<object> {
    return accountData(await this.account(customerId));
  }

  @Get('exposure')
  @AllowRoles(...whoReads)
  async exposure(@IdParam('id') customerId: string): Promise<object> {
    const { currency, exposure, limit, hasUnconverted, seq } = await this.account(customerId);
    return {
      customerId,
      exposure: exposureData(exposure, currency!),
      limit: limitData(limit, currency!),
      ...availableData(limit, exposure, currency!),
      exposureIsComplete: !hasUnconverted,
      seq: Number(seq),
    };
  }

  @Put('limit')
  @AllowRoles('credit-analyst', 'credit-manager')
  setLimit(
    @IdParam('id') customerId: string,
    @ValidBody(LimitBody) { limit, validUntil, reviewOn, reason }: LimitBody,
    @CurrentUser() user: User,
    @CommandId() id: string,
    @Traceparent() traceparent: string,
  ): Promise<Answer> {
    const data = {
      customerId,
      limit,
      ...(validUntil && { validUntil }),
      ...(reviewOn && { reviewOn }),
      reason,
      requestedBy: user.id,
    };
    return this.commands.ask({
      topic: 'credit-commands',
      customerId,
      type: 'SetCreditLimit.v1',
      id,
      data,
      traceparent,
    });
  }

  @Post('blocks')
  @AllowRoles('credit-analyst', 'credit-manager')
  block(
    @IdParam('id') customerId: string,
    @ValidBody(BlockBody) { kind, reason }: BlockBody,
    @CurrentUser() user: User,
    @CommandId() id: string,
    @Traceparent() traceparent: string,
  ): Promise<Answer> {
    const data = { customerId, blockId: id, kind, reason, requestedBy: user.id };
    return this.commands.ask({ topic: 'credit-commands', customerId, type: 'BlockAccount.v1', id, data, traceparent });
  }

  @Delete('blocks/:blockId')
  @AllowRoles('credit-analyst', 'credit-manager')
  liftBlock(
    @IdParam('id') customerId: string,
    @IdParam('blockId') blockId: string,
    @CurrentUser() user: User,
    @CommandId() id: string,
    @Traceparent() traceparent: string,
  ): Promise<Answer> {
    const data = { customerId, blockId, requestedBy: user.id };
    return this.commands.ask({ topic: 'credit-commands', customerId, type: 'LiftBlock.v1', id, data, traceparent });
  }

  private async account(customerId: string): Promise<CreditAccount> {
    const account = await readAccount(this.database, customerId);
    if (!account?.currency) throw notFound(`No credit account exists for ${customerId}`);
    return account;
  }
}
