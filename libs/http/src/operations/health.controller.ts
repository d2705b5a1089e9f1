import { Controller, Get, HttpCode } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Public } from '@ordergate/identity';
import { HealthState } from '@ordergate/observability';
import { ProblemException } from '../problems/problem.ts';

@ApiTags('operations')
@Public()
@Controller('health')
export class HealthController {
  private readonly health: HealthState;

  constructor(health: HealthState) {
    this.health = health;
  }

  @Get('live')
  @HttpCode(200)
  @ApiOperation({ summary: 'The process answers' })
  live(): { status: 'live' } {
    return { status: 'live' };
  }

  @Get('ready')
  @HttpCode(200)
  @ApiOperation({ summary: 'All parts are ready for work; 503 names those that are not' })
  async ready(): Promise<{ status: 'ready' }> {
    const troubles = await this.health.troubles();
    if (troubles.length === 0) return { status: 'ready' };
    const errors = troubles.map(({ part, why }) => ({ field: part, problem: why }));
    const detail = troubles.map(({ part, why }) => `${part}: ${why}`).join('; ');
    throw new ProblemException(503, 'not-ready', detail, errors);
  }
}
