import { Controller, Put } from '@nestjs/common';
import { CustomerV1 } from '@ordergate/contracts';
import { Database } from '@ordergate/database';
import { CommandId, IdParam, ProblemException, Traceparent, ValidBody, type Answer } from '@ordergate/http';
import { AllowRoles } from '@ordergate/identity';
import { readAccount } from '../store/credit-account.store.ts';
import { Commands } from './commands.ts';

/** Master records for companies whose ERP does not publish them. */
@Controller('v1/customers')
export class CustomersController {
  private readonly commands: Commands;
  private readonly database: Database;

  constructor(commands: Commands, database: Database) {
    this.commands = commands;
    this.database = database;
  }

  @Put(':id')
  @AllowRoles('accounting', 'credit-manager')
  async put(
    @IdParam('id') customerId: string,
    @ValidBody(CustomerV1) customer: CustomerV1,
    @CommandId() id: string,
    @Traceparent() traceparent: string,
  ): Promise<Answer> {
    if (customer.customerId !== customerId) {
      throw new ProblemException(400, 'validation-failed', 'The record is of another customer', [
        { field: 'customerId', value: customer.customerId, problem: `must be ${customerId}, as in the path` },
      ]);
    }
    const known = await readAccount(this.database, customerId);
    const type = known?.currency ? 'CustomerChanged.v1' : 'CustomerRegistered.v1';
    return this.commands.ask({ topic: 'customers', customerId, type, id, data: customer, traceparent });
  }
}
