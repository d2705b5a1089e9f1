import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Database } from '@ordergate/database';
import { pageOf, PageParam, QueryParam, type Page, type PageRequest } from '@ordergate/http';
import { AllowRoles, readers } from '@ordergate/identity';
import { listNotifications, notificationStatuses, type Notification } from '../store/notification.store.ts';

@ApiTags('notifications')
@Controller('v1/notifications')
export class NotificationsController {
  private readonly database: Database;

  constructor(database: Database) {
    this.database = database;
  }

  @Get()
  @AllowRoles(...readers('ops', 'credit-analyst', 'credit-manager'))
  @ApiOperation({ summary: 'Who was told of what, and what became of it; newest first' })
  async list(
    @QueryParam('orderId', 'identifier') orderId: string | undefined,
    @QueryParam('status', notificationStatuses) status: string | undefined,
    @PageParam('instant', 'identifier') { limit, after }: PageRequest,
  ): Promise<Page<Notification>> {
    const rows = await listNotifications(this.database, { orderId, status }, after, limit + 1);
    return pageOf(rows, limit, ({ createdAt, notificationId }) => [createdAt, notificationId]);
  }
}
