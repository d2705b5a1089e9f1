import { Controller, Delete, Get, Put } from '@nestjs/common';
import { Database } from '@ordergate/database';
import { notFound, PageParam, pageOf, ValidBody, type Page, type PageRequest } from '@ordergate/http';
import { AllowRoles, CurrentUser, readers, type User } from '@ordergate/identity';
import { readWrittenPolicy, setShadow, shadowVersion } from '../store/policy.store.ts';
import { countShadowDifferences, listShadowDifferences } from '../store/shadow-difference.store.ts';
import { ShadowBody } from './policy-bodies.ts';

const whoReads = readers('credit-analyst', 'credit-manager');

/** A candidate policy beside the live one: it answers every order too, without effect, and its differences are counted. */
@Controller('v1/shadow-policy')
export class ShadowPolicyController {
  private readonly database: Database;

  constructor(database: Database) {
    this.database = database;
  }

  @Get()
  @AllowRoles(...whoReads)
  async read(): Promise<object> {
    const version = await this.version();
    return { version, differences: await countShadowDifferences(this.database, version) };
  }

  @Put()
  @AllowRoles('credit-manager')
  async set(@ValidBody(ShadowBody) { version }: ShadowBody, @CurrentUser() user: User): Promise<object> {
    if (!(await readWrittenPolicy(this.database, version))) throw notFound(`There is no policy ${version}`);
    await setShadow(this.database, { version, setBy: `user:${user.id}`, setAt: new Date() });
    return { version };
  }

  @Delete()
  @AllowRoles('credit-manager')
  async end(): Promise<object> {
    const version = await this.version();
    await setShadow(this.database, null);
    return { version, differences: await countShadowDifferences(this.database, version) };
  }

  @Get('differences')
  @AllowRoles(...whoReads)
  async differences(
    @PageParam('instant', 'identifier', 'integer') { limit, after }: PageRequest,
  ): Promise<Page<object>> {
    const before = after && { decidedAt: after[0]!, customerId: after[1]!, seq: after[2]! };
    const rows = await listShadowDifferences(this.database, await this.version(), { before, limit: limit + 1 });
    return pageOf(rows, limit, ({ decidedAt, customerId, seq }) => [decidedAt, customerId, seq]);
  }

  private async version(): Promise<string> {
    const version = await shadowVersion(this.database);
    if (version === null) throw notFound('No policy runs in the shadow');
    return version;
  }
}
