import { fileURLToPath } from 'node:url';

/** The checkout: what `.ordergate/`, `docker-compose.yml` and `infra/kafka/topics.yaml` are relative to. */
export const projectRoot = fileURLToPath(new URL('../../../', import.meta.url));
