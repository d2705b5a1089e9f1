import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';

/** A process that works, rests and says how much memory it has, in MB: when it has worked, and when it has rested. */
async function workAndRest(setUp: string): Promise<{ worked: number; rested: number }> {
  const program = `
    import { ${setUp.split('(')[0]} } from './libs/http/src/garbage.ts';
    ${setUp};
    const megabytes = () => process.memoryUsage.rss() / 1_048_576;
    let kept = [];
    for (let round = 0; round < 150; round += 1) {
      kept.push(Array.from({ length: 20_000 }, (_, at) => ({ at, text: String(at) })));
      if (kept.length > 30) kept.shift();
    }
    kept = [];
    const worked = megabytes();
    setTimeout(() => console.log(JSON.stringify({ worked, rested: megabytes() })), 1_500);`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program]);
  return JSON.parse(stdout);
}

describe('A service at rest', () => {
  it('gives back the memory that its work took', async () => {
    const { worked, rested } = await workAndRest('collectGarbageAtRest(200)');
    expect(rested).toBeLessThan(worked / 2);
  }, 20_000);
});
