import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Database } from '@ordergate/database';
import { MessageSender, readBusinessDay } from '@ordergate/messaging';
import { HealthState, LOGGER, type Logger } from '@ordergate/observability';
import { dayIn, daysToStart } from './domain/calendar/days-to-start.ts';

const lookEveryMs = 15_000;

/** How a deployment comes by its business days. */
export interface CalendarSettings {
  /** `scheduled`: at midnight of the zone. `told`: somebody else publishes them, such as a replay. */
  businessDays: 'scheduled' | 'told';
  /** IANA name, `Europe/Istanbul`. */
  timeZone: string;
}

export const CALENDAR_SETTINGS = Symbol('CALENDAR_SETTINGS');

/** Reads ORDERGATE_BUSINESS_DAYS and ORDERGATE_TIME_ZONE. Throws one sentence when a value is wrong. */
export function calendarSettings(env: NodeJS.ProcessEnv = process.env): CalendarSettings {
  const businessDays = env['ORDERGATE_BUSINESS_DAYS'] ?? 'scheduled';
  const timeZone = env['ORDERGATE_TIME_ZONE'] ?? 'UTC';
  if (businessDays !== 'scheduled' && businessDays !== 'told') {
    throw new Error(`ORDERGATE_BUSINESS_DAYS is ${businessDays}; it must be "scheduled" or "told"`);
  }
  try {
    dayIn(timeZone, new Date(0));
  } catch (error) {
    throw new Error(`ORDERGATE_TIME_ZONE is ${timeZone}; it must be a zone like Europe/Istanbul`, { cause: error });
  }
  return { businessDays, timeZone };
}

/** Starts each calendar day of the company's zone, every missed one in turn. One instance at a time does it. */
@Injectable()
export class BusinessDayScheduler implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly database: Database;
  private readonly sender: MessageSender;
  private readonly settings: CalendarSettings;
  private readonly health: HealthState;
  private readonly logger: Logger;
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> = Promise.resolve();

  constructor(
    database: Database,
    sender: MessageSender,
    @Inject(CALENDAR_SETTINGS) settings: CalendarSettings,
    health: HealthState,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.database = database;
    this.sender = sender;
    this.settings = settings;
    this.health = health;
    this.logger = logger;
  }

  onApplicationBootstrap(): void {
    // Who tells the days also waits for them: what comes before the first one waits in place.
    if (this.settings.businessDays === 'told') return;
    this.health.register('business day', async () =>
      (await readBusinessDay(this.database)) === null ? 'no business day has started yet' : null,
    );
    const look = (): void => {
      this.looking = this.startDueDays().catch((error: Error) =>
        this.logger.warn(`The business day could not be started, trying again soon: ${error.message}`),
      );
    };
    look();
    this.timer = setInterval(look, lookEveryMs);
    this.timer.unref();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.looking;
  }

  /** The same day sent twice has the same id, so it is one message to every reader. */
  private async startDueDays(): Promise<void> {
    const now = new Date();
    await this.database.transaction(async (sql) => {
      const [lock] = await sql.query<{ mine: boolean }>(
        "select pg_try_advisory_xact_lock(hashtext('ordergate.business-day')) as mine",
      );
      if (!lock?.mine) return;
      const due = daysToStart(await readBusinessDay(sql), dayIn(this.settings.timeZone, now));
      for (const businessDay of due) {
        const id = `business-day-${businessDay}`;
        await this.sender.send(
          [
            {
              topic: 'business-days',
              key: businessDay,
              type: 'BusinessDayStarted.v1',
              id,
              data: { businessDay },
              correlationId: id,
            },
          ],
          now,
        );
        this.logger.info(`Business day ${businessDay} has started`);
      }
    });
  }
}
