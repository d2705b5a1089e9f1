import { parseArgs } from 'node:util';
import { ourArms, type Arm } from './arms/arm.ts';

export const usage = `npm run bench -- [--quick] [--assert] [--json FILE] [--instances N] [--arms ours,ceiling] [--flat-out] [--idle] [--cpu-prof DIR]
  --quick      two short rounds instead of three long ones, at most 3 minutes; does not look at the services at rest
  --assert     ends with 1 when a bound does not hold; with --quick the bounds are wider
  --json       writes the figures to a file
  --instances  so many customer-credit processes; 1 unless said otherwise
  --arms       only these, of ours, full-policy, pool, ceiling, usual; ours,ceiling,usual unless said otherwise
  --flat-out   no latency at rates
  --idle       only what the services cost at rest
  --cpu-prof   writes a CPU profile of every process of ours and of the ceiling`;

export interface BenchSettings {
  isQuick: boolean;
  isAsserted: boolean;
  jsonFile: string | undefined;
  instances: number;
  arms: readonly Arm['name'][];
  isFlatOutOnly: boolean;
  isIdleOnly: boolean;
  profileDir: string | undefined;
}

const armNames: readonly Arm['name'][] = [...ourArms, 'ceiling', 'usual'];
const usualArms: readonly Arm['name'][] = ['ours', 'ceiling', 'usual'];
const instancesMax = 4;

/** What the command line asks for; null where it asks for help. @throws Error that names what is wrong with it */
export function readSettings(args: string[]): BenchSettings | null {
  const { values } = parseArgs({
    args,
    options: {
      quick: { type: 'boolean', default: false },
      assert: { type: 'boolean', default: false },
      json: { type: 'string' },
      instances: { type: 'string', default: '1' },
      arms: { type: 'string', default: usualArms.join(',') },
      'flat-out': { type: 'boolean', default: false },
      idle: { type: 'boolean', default: false },
      'cpu-prof': { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return null;
  if (values.quick && values.idle)
    throw new Error('--idle takes more than two minutes and is no part of --quick: leave one of them out.');

  return {
    isQuick: values.quick,
    isAsserted: values.assert,
    jsonFile: values.json,
    instances: instancesOf(values.instances),
    arms: armsOf(values.arms, values.assert),
    isFlatOutOnly: values['flat-out'],
    isIdleOnly: values.idle,
    profileDir: values['cpu-prof'],
  };
}

function instancesOf(text: string): number {
  const instances = Number(text);
  if (Number.isInteger(instances) && instances >= 1 && instances <= instancesMax) return instances;
  throw new Error(`--instances is "${text}"; it must be a whole number from 1 to ${instancesMax}.`);
}

function armsOf(text: string, isAsserted: boolean): Arm['name'][] {
  const wanted = text.split(',');
  const unknown = wanted.find((name) => !armNames.some((known) => known === name));
  if (unknown !== undefined) throw new Error(`--arms has "${unknown}"; known are ${armNames.join(', ')}.`);
  if (isAsserted && !(wanted.includes('ours') && wanted.length > 1))
    throw new Error('--assert compares: --arms needs ours and another one.');
  return armNames.filter((name) => wanted.includes(name));
}
