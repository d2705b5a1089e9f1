import type { KafkaConfig } from 'kafkajs';

/**
 * TLS and login of a broker of your own, by the variables that the services read too: `KAFKA_SSL=true`,
 * `KAFKA_SASL_USERNAME`, `KAFKA_SASL_PASSWORD`, `KAFKA_SASL_MECHANISM` (scram-sha-512 unless it says scram-sha-256).
 * @throws Error for another mechanism, or a user name without password
 */
export function kafkaLogin(env: NodeJS.ProcessEnv = process.env): Partial<KafkaConfig> {
  const ssl = env['KAFKA_SSL'] === 'true' ? { ssl: true } : {};
  const [username, password] = [env['KAFKA_SASL_USERNAME'], env['KAFKA_SASL_PASSWORD']];
  if (!username) return ssl;
  if (!password) throw new Error('KAFKA_SASL_USERNAME is set, KAFKA_SASL_PASSWORD is not.');

  const mechanism = (env['KAFKA_SASL_MECHANISM'] ?? 'scram-sha-512').toLowerCase();
  if (mechanism !== 'scram-sha-256' && mechanism !== 'scram-sha-512') {
    throw new Error(`KAFKA_SASL_MECHANISM is ${mechanism}; it must be scram-sha-256 or scram-sha-512.`);
  }
  return { ...ssl, sasl: { mechanism, username, password } as NonNullable<KafkaConfig['sasl']> };
}
