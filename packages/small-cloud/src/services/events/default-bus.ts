import type { CloudEvent, EventBus } from '../../contract';

/** Hands every event to whoever listens, after the code that put it is done. */
export class DefaultBus implements EventBus {
  private readonly listeners = new Set<(event: CloudEvent) => void>();

  put(event: CloudEvent): void {
    for (const listener of this.listeners) queueMicrotask(() => listener(event));
  }

  listen(listener: (event: CloudEvent) => void): void {
    this.listeners.add(listener);
  }
}
