import { parseArgs } from 'node:util';

export const usage = `npm run scenarios -- [FILE_OR_FOLDER …] [--policy FILE] [--report text|json|junit] [--only ID …] [--target FILE]
Runs stories of credit (tests/scenarios, when none is named) against real services and says which came out as written.
  --policy FILE   what stories' own policies are laid over, instead of the bare policy
  --report NAME   text (default), json or junit, on standard output
  --only ID       this story alone; may be given several times
  --target FILE   a running Ordergate instead of services of its own: the file that npm start leaves (.ordergate/demo.json), or one like it
Exit code: 0 all as expected, 1 a story failed, 2 a file is malformed.`;

export interface Options {
  paths: string[];
  policy?: string;
  report: 'text' | 'json' | 'junit';
  only: string[];
  target?: string;
}

/** The command line or a file named there is wrong; the message says how. */
export class MalformedOptions extends Error {}

/** @throws MalformedOptions with the usage */
export function readOptions(args: string[]): Options | 'help' {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        policy: { type: 'string' },
        report: { type: 'string', default: 'text' },
        only: { type: 'string', multiple: true, default: [] },
        target: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) return 'help';
    const { report, only, policy, target } = values;
    if (report !== 'text' && report !== 'json' && report !== 'junit')
      throw new Error(`--report ${report} must be text, json or junit`);
    if (target !== undefined && policy !== undefined)
      throw new Error("--policy is for services of the runner's own: a running system (--target) keeps its policy");
    const paths = positionals.length > 0 ? positionals : ['tests/scenarios'];
    return { paths, report, only, ...(policy !== undefined && { policy }), ...(target !== undefined && { target }) };
  } catch (error) {
    throw new MalformedOptions(`${(error as Error).message}\n\n${usage}`);
  }
}
