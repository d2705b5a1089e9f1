/** How a service reaches Kafka and its database; read once at start-up. */
export interface MessagingSettings {
  /** `customer-credit`: consumer group, log and source are named after it. */
  service: string;
  databaseUrl: string;
  brokers: string[];
  topicPrefix: string;
  /** Lanes an instance. */
  lanes: number;
  /** Undefined: the shortest that the brokers take, at least 2 s. */
  sessionTimeoutMs?: number | undefined;
  /** Undefined: a quarter of the session time-out, at most 1 s. */
  heartbeatMs?: number | undefined;
  ssl?: boolean;
  sasl?: { mechanism: 'scram-sha-256' | 'scram-sha-512'; username: string; password: string };
}

/** Reads the environment. Throws one sentence that names the missing or wrong variable. */
export function messagingSettings(service: string, env: NodeJS.ProcessEnv = process.env): MessagingSettings {
  const required = (name: string): string => {
    const value = env[name];
    if (!value) throw new Error(`${name} is not set; ${service} cannot start without it`);
    return value;
  };
  const count = (name: string, fallback: number): number => {
    const value = Number(env[name] ?? fallback);
    if (!Number.isInteger(value) || value < 1)
      throw new Error(`${name} is ${env[name]}; it must be a whole number above 0`);
    return value;
  };
  const username = env['KAFKA_SASL_USERNAME'];
  const mechanism = (env['KAFKA_SASL_MECHANISM'] ?? 'scram-sha-512').toLowerCase();
  if (mechanism !== 'scram-sha-256' && mechanism !== 'scram-sha-512') {
    throw new Error(`KAFKA_SASL_MECHANISM is ${mechanism}; it must be scram-sha-256 or scram-sha-512`);
  }
  return {
    service,
    databaseUrl: required('DATABASE_URL'),
    brokers: required('KAFKA_BROKERS')
      .split(',')
      .map((broker) => broker.trim()),
    topicPrefix: env['ORDERGATE_TOPIC_PREFIX'] ?? 'ordergate.',
    lanes: count('ORDERGATE_LANES', 2),
    sessionTimeoutMs: env['ORDERGATE_SESSION_TIMEOUT_MS'] ? count('ORDERGATE_SESSION_TIMEOUT_MS', 1) : undefined,
    heartbeatMs: env['ORDERGATE_HEARTBEAT_MS'] ? count('ORDERGATE_HEARTBEAT_MS', 1) : undefined,
    ...(env['KAFKA_SSL'] === 'true' ? { ssl: true } : {}),
    ...(username ? { sasl: { mechanism, username, password: required('KAFKA_SASL_PASSWORD') } } : {}),
  };
}
