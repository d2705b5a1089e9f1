import { Controller, Get, Header } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { AllowRoles, readers } from '@ordergate/identity';
import { Registry } from '@ordergate/observability';

@ApiTags('operations')
@Controller('metrics')
export class MetricsController {
  private readonly registry: Registry;

  constructor(registry: Registry) {
    this.registry = registry;
  }

  @Get()
  @AllowRoles(...readers('ops'))
  @Header('Content-Type', 'text/plain; version=0.0.4; charset=utf-8')
  @ApiOperation({ summary: 'Figures for Prometheus' })
  metrics(): Promise<string> {
    return this.registry.metrics();
  }
}
