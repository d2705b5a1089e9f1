import kafkajs, { type Kafka, type KafkaConfig, type LogEntry, type RetryOptions } from 'kafkajs';
import type { Logger } from '@ordergate/observability';
import { patchIdleLoop } from './idle-loop.patch.ts';
import { patchFetchResponse } from './fetch-response.patch.ts';
import { patchProduceRequest } from './produce-request.patch.ts';

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

/** Short: what outlasts these is retried by the publisher, with its own patience and a new producer. */
const sendingRetry = { initialRetryTime: 100, maxRetryTime: 1_000, retries: 8 };
/**
 * A consumer that gives up begins anew as another member of its group, and the group waits until the one before counts as
 * dead. One that keeps trying comes back as itself: nothing moves, nobody waits.
 */
export const consumingRetry = { initialRetryTime: 100, maxRetryTime: 500, retries: Infinity };

/** A client for real Kafka, for everything but the lanes' consumers. */
export const kafkaClient = (settings: KafkaSettings, logger: Logger): Kafka => client(settings, logger, sendingRetry);

/** A client for consumers alone: it tries until the brokers are back. */
export const patientKafkaClient = (settings: KafkaSettings, logger: Logger): Kafka =>
  client(settings, logger, consumingRetry);

function client(settings: KafkaSettings, logger: Logger, retry: RetryOptions): Kafka {
  patchIdleLoop();
  patchFetchResponse();
  patchProduceRequest();
  return new kafkajs.Kafka({
    ...(settings as KafkaConfig),
    connectionTimeout: 3_000,
    requestTimeout: 15_000,
    retry,
    logLevel: kafkajs.logLevel.WARN,
    logCreator: () => foldedLog(logger),
  });
}
