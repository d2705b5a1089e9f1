import { Controller, Put } from '@nestjs/common';
import { Answer, IdParam, ProblemException, ValidBody } from '@ordergate/http';
import { AllowRoles } from '@ordergate/identity';
import { isDay } from '@ordergate/money';
import { ReevaluationJobs } from '../reevaluation-jobs.ts';
import { ExchangeRateBody } from './account-bodies.ts';

/** Rates by business day. What waited for a rate is decided again; the answer comes when all of it is on its way. */
@Controller('v1/exchange-rates')
export class ExchangeRatesController {
  private readonly jobs: ReevaluationJobs;

  constructor(jobs: ReevaluationJobs) {
    this.jobs = jobs;
  }

  @Put(':day')
  @AllowRoles('accounting', 'credit-manager')
  async put(
    @IdParam('day') day: string,
    @ValidBody(ExchangeRateBody) { from, to, rate }: ExchangeRateBody,
  ): Promise<Answer> {
    if (!isDay(day))
      throw new ProblemException(400, 'validation-failed', undefined, [
        { field: 'day', value: day, problem: 'must be a day like 2026-11-23' },
      ]);
    if (from === to)
      throw new ProblemException(400, 'validation-failed', undefined, [
        { field: 'to', value: to, problem: `must differ from ${from}` },
      ]);
    const accounts = await this.jobs.takeRate({ day, from, to, rate });
    return new Answer(200, { day, from, to, rate, accountsToDecideAgain: accounts });
  }
}
