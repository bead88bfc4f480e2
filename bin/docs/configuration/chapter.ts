/** A noun of the description: a section of docs/configuration.md. */
export interface Section {
  readonly title: string;
  /** Sentences between the heading and the example. */
  readonly intro?: string;
  /** File in `examples/` that the section begins with. */
  readonly example: string;
  /** The options of the section: one path, or all below a prefix that ends in `.`. */
  readonly options: readonly string[];
}

/** A chapter of docs/configuration.md. */
export interface Chapter {
  readonly title: string;
  readonly intro?: string;
  readonly sections: readonly Section[];
}
