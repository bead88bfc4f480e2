import { readdirSync, readFileSync } from 'node:fs';
import { PATIENCE } from './patience';

/** Lists the descendants of a process (from /proc). */
export function descendants(pid: number): readonly { readonly pid: number; readonly command: string }[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
        const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
        return [{ pid: Number(name), parent, command }];
      } catch {
        return [];
      }
    });
  const below = (parent: number): { pid: number; command: string }[] =>
    all
      .filter((one) => one.parent === parent)
      .flatMap(({ pid: child, command }) => [{ pid: child, command }, ...below(child)]);
  return below(pid);
}

/** Tells if a process is running. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // A zombie has ended.
    return !/^\d+ \(.*\) Z/s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

/** Waits until processes are gone. @returns those that remain */
export async function untilGone(pids: readonly number[]): Promise<readonly number[]> {
  const end = Date.now() + PATIENCE;
  while (pids.some(isAlive) && Date.now() < end) await new Promise((done) => setTimeout(done, 100));
  return pids.filter(isAlive);
}
