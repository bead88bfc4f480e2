import type { Capabilities, Choice, engineFor, Wish } from '../choice';
import type { Format } from '../config';
import type { Menus } from '../menus';
import type { Playback } from '../playback';
import type { Reader } from '../reader';

/** Parts of the page that show the past. They are passed on, because a second copy of them would be another request. */
export interface Stage {
  readonly playback: Playback;
  readonly capabilities: Capabilities;
  readonly engineFor: typeof engineFor;
  /** Makes a reader without problems. */
  readonly reader: () => Reader;
  readonly menus: Pick<Menus, 'tell'>;
  /** Keeps a choice in the address of the page. */
  readonly remember: (choice: Choice) => void;
  /** Opens a wish, as a link to it would. */
  readonly open: (wish: Wish) => void;
}

/** A manifest and the engine that plays it in this browser. */
export type Playable = Pick<Choice, 'format' | 'url' | 'engine'>;

/**
 * Chooses a manifest for this browser: that of the live stream's format, else one for the engine that plays the live
 * stream, else the first that plays.
 */
export function playable(
  { engineFor, capabilities }: Pick<Stage, 'engineFor' | 'capabilities'>,
  manifests: readonly { readonly format: Format; readonly url: string }[],
  live: Pick<Choice, 'format' | 'engine'>,
): Playable | undefined {
  const all = manifests.flatMap(({ format, url }) => {
    const engine = engineFor(format, capabilities);
    return engine === undefined ? [] : [{ format, url, engine }];
  });
  const alike = (key: 'format' | 'engine') => all.find((one) => one[key] === live[key]);
  return alike('format') ?? alike('engine') ?? all[0];
}
