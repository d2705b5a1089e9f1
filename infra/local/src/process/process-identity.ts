import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** A process id alone is recycled by the system; together with the instant of its start it names one process for ever. */
export interface ProcessIdentity {
  pid: number;
  startedAt: string;
}

/** Identity of a process that runs now, or null when there is none (a zombie that nobody reaped counts as none). */
export function identify(pid: number): ProcessIdentity | null {
  const startedAt = process.platform === 'linux' ? startOnLinux(pid) : startByPs(pid);

  return startedAt === null ? null : { pid, startedAt };
}

export function isRunning(identity: ProcessIdentity): boolean {
  return identify(identity.pid)?.startedAt === identity.startedAt;
}

function startOnLinux(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The command name may hold blanks and brackets: the fields that count begin after its last bracket.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [state, ticksSinceBoot] = [fields[0], fields[19]];
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();

    return state === 'X' || (state === 'Z' && !hasLivingThreads(pid)) ? null : `${boot}/${ticksSinceBoot}`;
  } catch {
    return null;
  }
}

/** The first thread of a killed Java is gone at once, while the others still hold its ports and file locks. */
const hasLivingThreads = (pid: number): boolean => readdirSync(`/proc/${pid}/task`).length > 1;

function startByPs(pid: number): string | null {
  try {
    const answer = execFileSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();

    return answer === '' || answer.startsWith('Z') ? null : answer.replace(/^\S+\s+/, '');
  } catch {
    return null;
  }
}
