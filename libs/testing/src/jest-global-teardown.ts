import './jest-global-setup.ts';

export default async function teardown(): Promise<void> {
  await globalThis.ordergateTestInfra?.stop();
}
