/** `node libs/testing/src/stop-kept-infra.ts`: ends what `ORDERGATE_TEST_INFRA=keep` left running. */
import { stopKeptInfra } from './start-test-infra.ts';

await stopKeptInfra();
