import { Controller, Get } from '@nestjs/common';
import { Answer, IdParam, notFound } from '@ordergate/http';
import { AllowRoles, readers } from '@ordergate/identity';
import { Commands } from './commands.ts';

/** What a write came to that was answered 202. */
@Controller('v1/commands')
export class CommandsController {
  private readonly commands: Commands;

  constructor(commands: Commands) {
    this.commands = commands;
  }

  @Get(':id')
  @AllowRoles(...readers('credit-analyst', 'credit-manager', 'accounting'))
  async read(@IdParam('id') commandId: string): Promise<Answer> {
    const isCommandId = /^[0-9a-f-]{36}$/i.test(commandId);
    const outcome = isCommandId ? await this.commands.outcome(commandId) : undefined;
    if (!outcome) throw notFound(`Command ${commandId} is not known, or has not been handled yet`);
    return outcome;
  }
}
