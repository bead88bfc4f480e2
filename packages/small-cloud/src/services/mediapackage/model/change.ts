/** Lets requests wait for media: LL-HLS holds back playlists and parts until they exist. */
export class Change {
  private readonly waiting = new Set<() => void>();

  /** Makes every waiting request look again. */
  notify(): void {
    for (const look of [...this.waiting]) look();
  }

  /** Returns the first answer of `probe` that is not undefined; undefined after `timeoutSeconds` without one. */
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
