/** Reads values of unknown type. Each reading that fails adds a problem and gives a harmless value. */
export class Reader {
  /** Every problem so far, as `path: what was given; the rule`. */
  readonly problems: string[] = [];

  refuse(path: string, given: unknown, rule: string): void {
    this.problems.push(`${path}: ${JSON.stringify(given) ?? 'nothing'} was given; ${rule}`);
  }

  record(path: string, given: unknown): Readonly<Record<string, unknown>> {
    if (typeof given === 'object' && given !== null && !Array.isArray(given)) return { ...given };
    this.refuse(path, given, 'an object is needed');
    return {};
  }

  string(path: string, given: unknown): string {
    if (typeof given === 'string' && given !== '') return given;
    this.refuse(path, given, 'a string of at least one character is needed');
    return '';
  }

  seconds(path: string, given: unknown): number {
    if (typeof given === 'number' && given > 0 && Number.isFinite(given)) return given;
    this.refuse(path, given, 'seconds greater than 0 are needed');
    return 1;
  }

  /** @param read - reads one entry, given its path. */
  list<T>(path: string, given: unknown, read: (path: string, entry: unknown) => T): readonly T[] {
    if (Array.isArray(given) && given.length > 0) return given.map((entry, index) => read(`${path}[${index}]`, entry));
    this.refuse(path, given, 'a list with at least one entry is needed');
    return [];
  }
}
