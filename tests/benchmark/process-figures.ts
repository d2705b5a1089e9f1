import { readdirSync, readFileSync } from 'node:fs';

const msPerTick = 10;
const bytesPerPage = 4_096;

interface Stat {
  parent: number;
  cpuMs: number;
  /** Of children that have ended. */
  childrenCpuMs: number;
  residentBytes: number;
}

/** CPU time that a process and its descendants have used so far, in ms; those that have ended count too. */
export function cpuMsOf(pid: number): number {
  const all = everyProcess();
  const ofTree = (root: number): number => {
    const stat = all.get(root);
    if (!stat) return 0;
    const children = [...all].filter(([, { parent }]) => parent === root).map(([child]) => child);
    return stat.cpuMs + stat.childrenCpuMs + children.reduce((sum, child) => sum + ofTree(child), 0);
  };
  return ofTree(pid);
}

/** Memory that the process itself has resident, in bytes. */
export const residentBytesOf = (pid: number): number => statOf(pid)?.residentBytes ?? 0;

function everyProcess(): Map<number, Stat> {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return new Map(
    pids.flatMap((name) => {
      const stat = statOf(Number(name));
      return stat ? [[Number(name), stat] as const] : [];
    }),
  );
}

function statOf(pid: number): Stat | null {
  try {
    return parseStat(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return null; // has ended meanwhile
  }
}

/** The command name may hold blanks and brackets: the fields that count begin after its last bracket. */
export function parseStat(line: string): Stat {
  const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
  const field = (number: number): number => Number(fields[number - 3]);
  return {
    parent: field(4),
    cpuMs: (field(14) + field(15)) * msPerTick,
    childrenCpuMs: (field(16) + field(17)) * msPerTick,
    residentBytes: field(24) * bytesPerPage,
  };
}
