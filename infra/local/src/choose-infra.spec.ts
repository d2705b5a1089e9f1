import { describe, expect, it } from '@jest/globals';
import { chooseInfra, NoInfraError } from './choose-infra.ts';
import type { Machine } from './choose-infra.ts';

const machine = (has: { java?: boolean; kafka?: boolean; docker?: boolean }): Machine => ({
  hasJava: () => has.java ?? false,
  hasKafka: () => has.kafka ?? false,
  runsServers: () => true,
  dockerAnswers: () => has.docker ?? false,
});
const own = { KAFKA_BROKERS: 'kafka-1:9092', DATABASE_URL: 'postgres://db/postgres' };
const everything = { java: true, kafka: true, docker: true };

describe('the way to Kafka and Postgres', () => {
  it.each([
    { env: { ORDERGATE_INFRA: 'docker', ...own }, has: everything, way: 'docker', because: 'the wish comes first' },
    { env: own, has: everything, way: 'external', because: 'both servers are named' },
    {
      env: { KAFKA_BROKERS: 'kafka-1:9092' },
      has: everything,
      way: 'local',
      because: 'one named server is not enough',
    },
    { env: {}, has: everything, way: 'local', because: 'local is preferred where it can run' },
    { env: {}, has: { java: true, docker: true }, way: 'docker', because: 'without Maven there is no local Kafka' },
    { env: {}, has: { kafka: true, docker: true }, way: 'docker', because: 'without Java there is no local Kafka' },
  ])('$way with $env, since $because', ({ env, has, way }) => {
    expect(chooseInfra(env, machine(has))).toBe(way);
  });

  it('names what is missing and the three ways when there is nothing', () => {
    const choose = () => chooseInfra({}, machine({ java: true }));
    expect(choose).toThrow(NoInfraError);
    expect(choose).toThrow(
      /missing: Maven, a Docker engine that answers.*Java 17.*ORDERGATE_INFRA=docker.*KAFKA_BROKERS and DATABASE_URL/,
    );
  });

  it('refuses a way that it does not know', () => {
    expect(() => chooseInfra({ ORDERGATE_INFRA: 'podman' }, machine(everything))).toThrow(
      'known are docker, local and external',
    );
  });
});
