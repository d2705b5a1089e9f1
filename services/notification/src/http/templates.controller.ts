import { Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { OrderHeldV1 } from '@ordergate/contracts';
import { Database } from '@ordergate/database';
import { IdParam, NoIdempotency, notFound, QueryParam, ValidBody } from '@ordergate/http';
import { AllowRoles, readers } from '@ordergate/identity';
import { renderMail, type MailText } from '../rendering/render-mail.ts';
import { templateLanguages, templateNames } from '../rendering/templates.ts';
import { MAIL_SETTINGS, type MailSettings } from '../sending/mail-settings.ts';
import { readCustomerName } from '../store/customer.store.ts';

@ApiTags('templates')
@Controller('v1/templates')
export class TemplatesController {
  private readonly database: Database;
  private readonly settings: MailSettings;

  constructor(database: Database, @Inject(MAIL_SETTINGS) settings: MailSettings) {
    this.database = database;
    this.settings = settings;
  }

  @Post(':name/preview')
  @HttpCode(200)
  @NoIdempotency()
  @AllowRoles(...readers('ops', 'credit-analyst', 'credit-manager'))
  @ApiOperation({ summary: 'The mail that this decision would make; nothing is sent' })
  async preview(
    @IdParam('name') name: string,
    @QueryParam('language', templateLanguages) language: string | undefined,
    @ValidBody(OrderHeldV1) facts: OrderHeldV1,
  ): Promise<MailText> {
    if (!templateNames.includes(name))
      throw notFound(`There is no template ${name}; there are ${templateNames.join(', ')}`);
    const customerName = await readCustomerName(this.database, facts.customerId);
    const { timeZone } = this.settings;
    return renderMail(name, language ?? 'en', { facts, customerName, recipientName: null, timeZone });
  }
}
