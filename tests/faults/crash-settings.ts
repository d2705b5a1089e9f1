import { parseArgs } from 'node:util';

export interface CrashSettings {
  seed: number;
  /** Undefined: two of each kind. */
  faults: number | undefined;
  /** The one service or server that is hit; undefined: all of them. */
  only: string | undefined;
  /** Of customer-credit. */
  instances: number;
  freezeMs: number;
  messagesPerSecond: number;
  /** Data and logs stay, whatever is found. */
  keepsData: boolean;
  /** The arguments that make the same run again. */
  again: string;
}

const usage = `npm run test:crash -- [--quick] [--faults N] [--seed S] [--instances N] [--only NAME] [--keep]
  --quick      two faults of each kind and short freezes: at most 5 minutes
  --faults N   N faults, freezes of 20 s (default 200)
  --seed S     the same choices again
  --instances  processes of customer-credit
  --only NAME  hits one service or server alone
  --keep       keeps data and logs of a green run too`;

/** Ends the process with the usage when an argument is wrong. */
export function readSettings(args: string[]): CrashSettings {
  try {
    const { values } = parseArgs({
      args,
      options: {
        quick: { type: 'boolean', default: false },
        faults: { type: 'string' },
        seed: { type: 'string' },
        only: { type: 'string' },
        keep: { type: 'boolean', default: false },
        instances: { type: 'string', default: '1' },
      },
    });
    const { quick, only, keep: keepsData } = values;
    const seed = count('--seed', values.seed ?? String(Math.floor(Math.random() * 1_000_000)), 0);
    const faults = values.faults === undefined ? (quick ? undefined : 200) : count('--faults', values.faults, 1);
    const instances = count('--instances', values.instances, 1);
    const again = [
      ...(quick ? ['--quick'] : []),
      ...(faults === undefined ? [] : [`--faults ${faults}`]),
      ...(instances === 1 ? [] : [`--instances ${instances}`]),
      ...(only === undefined ? [] : [`--only ${only}`]),
      `--seed ${seed}`,
    ].join(' ');
    return { seed, faults, only, keepsData, instances, freezeMs: quick ? 8_000 : 20_000, messagesPerSecond: 60, again };
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${usage}`);
    process.exit(2);
  }
}

function count(name: string, text: string, least: number): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < least)
    throw new Error(`${name} is "${text}"; it is a whole number from ${least}`);
  return number;
}
