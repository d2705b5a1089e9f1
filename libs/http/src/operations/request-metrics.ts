import { histogramOf, type Registry } from '@ordergate/observability';
import type { NextFunction, Request, Response } from 'express';

/** Counts and times every request by its route's pattern (not its path: that would be a series per order). */
export function requestMetrics(registry: Registry) {
  const seconds = histogramOf(registry, {
    name: 'ordergate_http_request_duration_seconds',
    help: 'Time from the request to the end of its answer',
    labelNames: ['method', 'route', 'status'],
  });
  return (request: Request, response: Response, next: NextFunction): void => {
    const stop = seconds.startTimer();
    response.once('finish', () => {
      const route = (request.route as { path?: string } | undefined)?.path ?? 'none';
      stop({ method: request.method, route, status: String(response.statusCode) });
    });
    next();
  };
}
