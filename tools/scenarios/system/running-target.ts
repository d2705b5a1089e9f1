import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { LocalIssuer } from '../../../libs/identity/src/local-issuer.ts';
import { serviceNames, type ServiceName } from '../../demo/services.ts';
import { latestBusinessDay } from '../../replay/latest-business-day.ts';
import { MalformedOptions } from '../options.ts';
import { Caller } from './caller.ts';
import type { Target } from './own-system.ts';
import { System } from './system.ts';

/** What of `.ordergate/demo.json` is needed; a file like it names any other system. */
interface Address {
  brokers: string[];
  prefix: string;
  services: { name: string; url: string }[];
}

/** A system that somebody else runs; tokens are signed by the issuer whose key lies beside the file. */
export async function openRunningTarget(file: string): Promise<Target> {
  const { brokers, prefix, services } = readAddress(file);
  const urls = Object.fromEntries(services.map(({ name, url }) => [name, url])) as Record<ServiceName, string>;
  const caller = new Caller(urls, await LocalIssuer.open(dirname(file)));
  const system = await System.open({ brokers, prefix }, '/ordergate/scenarios', () => caller.unpublished());
  return {
    system,
    caller,
    takesPolicies: false,
    runTag: `${Math.floor(Date.now() / 1000)
      .toString(36)
      .slice(-5)}-`,
    reachedDay: await latestBusinessDay({ brokers, prefix }),
    stop: () => system.close(),
  };
}

function readAddress(file: string): Address {
  const read = jsonOf(file) as Partial<Address>;
  const isWhole =
    Array.isArray(read.brokers) &&
    typeof read.prefix === 'string' &&
    serviceNames.every((name) => read.services?.some((service) => service.name === name));
  if (!isWhole)
    throw new MalformedOptions(
      `${file} must name brokers, prefix and the url of each service (${serviceNames.join(', ')}), as .ordergate/demo.json does`,
    );
  return read as Address;
}

function jsonOf(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new MalformedOptions(`--target ${file}: ${(error as Error).message}`);
  }
}
