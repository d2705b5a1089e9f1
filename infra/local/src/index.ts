export { createDatabase, databaseUrl, dropDatabase } from './databases.ts';
export { runningInfra } from './infra-state.ts';
export { kafkaClient, withKafkaAdmin } from './kafka/kafka-client.ts';
export { DataDirInUseError, isLocked } from './launcher-lock.ts';
export { projectRoot } from './project-root.ts';
export { startLocalInfra, stopLocalInfra } from './start-local-infra.ts';
export type { Infra, LocalInfraOptions } from './start-local-infra.ts';
