/** Lets requests wait for media to arrive: LL-HLS holds playlists and parts back until they exist. */
export class Change {
  private readonly waiting = new Set<() => void>();

  /** Something changed: everyone who waits looks again. */
  notify(): void {
    for (const look of [...this.waiting]) look();
  }

  /** The first answer of `probe` that is not undefined; undefined when there is none within `timeoutSeconds`. */
  until<T>(probe: () => T | undefined, timeoutSeconds: number): Promise<T | undefined> {
    const now = probe();
    if (now !== undefined) return Promise.resolve(now);
    return new Promise((resolve) => {
      const finish = (answer: T | undefined) => {
        clearTimeout(timer);
        this.waiting.delete(look);
        resolve(answer);
      };
      const look = () => {
        const answer = probe();
        if (answer !== undefined) finish(answer);
      };
      const timer = setTimeout(() => finish(undefined), timeoutSeconds * 1000);
      this.waiting.add(look);
    });
  }
}
