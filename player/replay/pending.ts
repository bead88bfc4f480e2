/** Time without another step after which the steps are taken, in milliseconds. */
const REST_MILLISECONDS = 250;

/** A wish that waits for the next one, so that ten quick steps are one way and not ten. */
export class Pending {
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** The value of the bar that is wished for; undefined while nothing waits. */
  value: number | undefined;

  /** @param take - takes the last wish. */
  constructor(private readonly take: (value: number) => void) {}

  /** Waits for the next wish, and then takes this one. */
  set(value: number): void {
    clearTimeout(this.timer);
    this.value = value;
    this.timer = setTimeout(() => {
      this.clear();
      this.take(value);
    }, REST_MILLISECONDS);
  }

  /** Forgets the wish. */
  clear(): void {
    clearTimeout(this.timer);
    this.value = undefined;
  }
}
