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
  /** Not the system is tested but its checker: on services that are broken on purpose. */
  provesChecker: boolean;
  /** The bounds on recovery are part of the verdict. */
  isTimed: boolean;
  /** Data and logs stay, whatever is found. */
  keepsData: boolean;
  /** The arguments that make the same run again. */
  again: string;
}

const usage = `npm run test:crash -- [--quick] [--faults N] [--seed S] [--instances N] [--only NAME] [--assert] [--keep] | --checker [--seed S]
  --quick      two faults of each kind and short freezes: at most 5 minutes
  --faults N   N faults, freezes of 20 s (default 200)
  --seed S     the same choices again
  --instances N  processes of customer-credit
  --only NAME  hits one service or server alone
  --assert     also fails if recovery takes longer than promised, as the median of each kind
  --checker    proves the checker instead: breaks customer-credit on purpose, each way must be found
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
        checker: { type: 'boolean', default: false },
        assert: { type: 'boolean', default: false },
        keep: { type: 'boolean', default: false },
        instances: { type: 'string', default: '1' },
      },
    });
    const { quick, only, keep: keepsData, checker: provesChecker } = values;
    const seed = count('--seed', values.seed ?? String(Math.floor(Math.random() * 1_000_000)), 0);
    const faults = values.faults === undefined ? (quick ? undefined : 200) : count('--faults', values.faults, 1);
    const instances = count('--instances', values.instances, 1);
    const again = [
      ...(provesChecker ? ['--checker'] : []),
      ...(quick ? ['--quick'] : []),
      ...(faults === undefined || provesChecker ? [] : [`--faults ${faults}`]),
      ...(instances === 1 ? [] : [`--instances ${instances}`]),
      ...(only === undefined ? [] : [`--only ${only}`]),
      `--seed ${seed}`,
    ].join(' ');
    const freezeMs = quick ? 4_000 : 20_000;
    const options = { keepsData, provesChecker, isTimed: values.assert };
    return { seed, faults, only, instances, freezeMs, messagesPerSecond: 60, ...options, again };
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
