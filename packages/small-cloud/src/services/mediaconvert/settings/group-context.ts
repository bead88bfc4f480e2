/** The surroundings of an output group. */
export interface GroupContext {
  readonly index: number;
  /** Names of the audio selectors of the inputs. */
  readonly selectors: ReadonlySet<string>;
  /** Name of the files when the destination is a folder. */
  readonly baseName: string;
}
