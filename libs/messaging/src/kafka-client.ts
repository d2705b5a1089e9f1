import kafkajs, { type Kafka, type KafkaConfig, type LogEntry } from 'kafkajs';
import type { Logger } from '@ordergate/observability';
import { patchIdleLoop } from './idle-loop.patch.ts';

export interface KafkaSettings {
  brokers: string[];
  clientId: string;
  ssl?: KafkaConfig['ssl'];
  sasl?: { mechanism: 'scram-sha-256' | 'scram-sha-512'; username: string; password: string };
}

const repeatsFoldedForMs = 10_000;

/** kafkajs logs one line for every refused connection of every request: the same sentence is said once in 10 s. */
function foldedLog(logger: Logger) {
  const saidAt = new Map<string, number>();
  return ({ level, log }: LogEntry): void => {
    const sentence = `Kafka: ${log.message}${log.error ? ` (${String(log.error)})` : ''}`;
    const now = Date.now();
    if ((saidAt.get(sentence) ?? 0) > now - repeatsFoldedForMs) return;
    if (saidAt.size > 500) saidAt.clear();
    saidAt.set(sentence, now);
    if (level <= kafkajs.logLevel.ERROR) logger.warn(sentence);
    else logger.debug(sentence);
  };
}

/** A client for real Kafka; retries are short, since what outlasts them is retried by the lane with its own patience. */
export function kafkaClient(settings: KafkaSettings, logger: Logger): Kafka {
  patchIdleLoop();
  return new kafkajs.Kafka({
    ...(settings as KafkaConfig),
    connectionTimeout: 3_000,
    requestTimeout: 15_000,
    retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries: 8 },
    logLevel: kafkajs.logLevel.WARN,
    logCreator: () => foldedLog(logger),
  });
}
