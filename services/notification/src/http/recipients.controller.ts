import { Controller, Get, Put } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Database } from '@ordergate/database';
import { IdParam, notFound, ValidBody } from '@ordergate/http';
import { AllowRoles, CurrentUser, readers, type User } from '@ordergate/identity';
import { readRecipient, savePreferences, saveRecipient, type Recipient } from '../store/recipient.store.ts';
import { PreferencesBody, RecipientBody } from './recipient.body.ts';

@ApiTags('recipients')
@Controller('v1/recipients')
export class RecipientsController {
  private readonly database: Database;

  constructor(database: Database) {
    this.database = database;
  }

  @Get(':recipientId')
  @AllowRoles(...readers('ops', 'credit-analyst', 'credit-manager'))
  @ApiOperation({ summary: 'One recipient: finance, or a sales representative by its id' })
  async read(@IdParam('recipientId') recipientId: string): Promise<Recipient> {
    return known(await readRecipient(this.database, recipientId), recipientId);
  }

  @Put(':recipientId')
  @AllowRoles('ops', 'credit-manager')
  @ApiOperation({ summary: 'Name, address and language of a recipient; its preferences stay' })
  put(
    @IdParam('recipientId') recipientId: string,
    @ValidBody(RecipientBody) { name, email, language }: RecipientBody,
    @CurrentUser() user: User,
  ): Promise<Recipient> {
    return saveRecipient(this.database, { recipientId, name: name ?? null, email, language }, user.id);
  }

  @Put(':recipientId/preferences')
  @AllowRoles('ops', 'credit-manager')
  @ApiOperation({ summary: 'What a recipient is told of and in which language; what is left out stays' })
  async prefer(
    @IdParam('recipientId') recipientId: string,
    @ValidBody(PreferencesBody) preferences: PreferencesBody,
    @CurrentUser() user: User,
  ): Promise<Recipient> {
    return known(await savePreferences(this.database, recipientId, preferences, user.id), recipientId);
  }
}

function known(recipient: Recipient | null, recipientId: string): Recipient {
  if (!recipient)
    throw notFound(`There is no recipient ${recipientId}; put it first: PUT /v1/recipients/${recipientId}`);
  return recipient;
}
