import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Database, type Sql } from '@ordergate/database';
import { counterOf, LOGGER, Registry, type Logger } from '@ordergate/observability';
import { v7 as uuidv7 } from 'uuid';
import type { Reason } from './domain/gate/reason.ts';
import { barePolicy, type Policy } from './domain/policy/policy.ts';
import { laidOver } from './domain/policy/select-parameters.ts';
import { readPolicy } from './policy-file.ts';
import {
  readActivations,
  readWrittenPolicy,
  saveActivation,
  savePolicy,
  versionsInForce,
} from './store/policy.store.ts';
import type { ShadowDifference } from './store/shadow-difference.store.ts';
import { saveJob } from './store/reevaluation-job.store.ts';

/** What orders of a chunk are decided with. */
export interface PoliciesInForce {
  live: Policy;
  /** A candidate whose answers are only counted. */
  shadow: Policy | null;
}

// Before every day that a company or a replay can start.
const alwaysEffective = '0001-01-01';

/**
 * The policies by version. Which is in force is a fact that is read with each chunk; a version's document never changes,
 * so it is read once.
 */
@Injectable()
export class Policies implements OnApplicationBootstrap {
  private readonly database: Database;
  private readonly logger: Logger;
  private readonly known = new Map<string, Policy>([[barePolicy.version, barePolicy]]);

  private readonly differences;

  constructor(database: Database, @Inject(LOGGER) logger: Logger, registry: Registry) {
    this.database = database;
    this.logger = logger;
    this.differences = counterOf(registry, {
      name: 'ordergate_shadow_differences_total',
      help: 'Reasons that hold an order in the live policy and not in the shadow policy, or the other way round',
      labelNames: ['code', 'only_in'],
    });
  }

  /** Before anything was activated the bare policy is in force. */
  async inForce(sql: Sql, businessDay: string): Promise<PoliciesInForce> {
    const { live, shadow } = await versionsInForce(sql, businessDay);
    return {
      live: live === null ? barePolicy : await this.version(sql, live),
      shadow: shadow === null || shadow === live ? null : await this.version(sql, shadow),
    };
  }

  /** A version that decisions were taken with. */
  async version(sql: Sql, version: string): Promise<Policy> {
    let policy = this.known.get(version);
    if (!policy) {
      // What a later release adds to policies is in an older document as it is in the bare one.
      policy = laidOver(barePolicy, (await readWrittenPolicy(sql, version))!.document, '');
      this.known.set(version, policy);
    }
    return policy;
  }

  /** Counts what a candidate would have answered otherwise. */
  countDifferences(differences: readonly ShadowDifference[]): void {
    const count = (only_in: string, reasons: readonly Reason[], others: readonly Reason[]): void => {
      for (const { code } of reasons)
        if (!others.some((other) => other.code === code)) this.differences.inc({ code, only_in });
    };
    for (const { reasons, shadowReasons } of differences) {
      count('live', reasons, shadowReasons);
      count('shadow', shadowReasons, reasons);
    }
  }

  /** A deployment starts with the policy of ORDERGATE_POLICY_FILE; from then on people activate versions. */
  async onApplicationBootstrap(): Promise<void> {
    const file = process.env['ORDERGATE_POLICY_FILE'];
    if (!file) return;
    const policy = readPolicy(readFileSync(file, 'utf8'), file);
    await this.database.transaction((sql) => this.adopt(sql, policy, file));
  }

  private async adopt(sql: Sql, policy: Policy, file: string): Promise<void> {
    const { version } = policy;
    const written = await readWrittenPolicy(sql, version);
    if (written && !isDeepStrictEqual(laidOver(barePolicy, written.document, ''), policy)) {
      throw new Error(
        `${file}: version ${version} is stored with other content; give the changed policy a new version`,
      );
    }
    if (written) return;
    const at = new Date();
    await savePolicy(sql, { version, document: policy, note: `from ${file}`, writtenBy: 'policy', writtenAt: at });
    if ((await readActivations(sql)).length > 0) {
      this.logger.warn(
        `Policy ${version} of ${file} is stored as a draft: another one is active, and a person activates this one`,
      );
      return;
    }
    await saveActivation(sql, {
      version,
      effectiveOn: alwaysEffective,
      reason: `the first policy, from ${file}`,
      activatedBy: 'policy',
      activatedAt: at,
    });
    await saveJob(sql, {
      jobId: uuidv7(),
      kind: 'policy',
      because: `policy ${version}`,
      detail: { version },
      cursor: '',
    });
    this.logger.info(`Policy ${version} of ${file} is in force`);
  }
}
