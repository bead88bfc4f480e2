/** Where an encoder sends what it makes. */
export interface EncoderTarget {
  /** Ending in `/`; for HLS the URL that the names of its files begin with. */
  readonly url: string;
  /** Where the encoder of the other pipeline sends to; left out where there is one pipeline. */
  readonly otherUrl?: string;
  /** Whether the two are kept in step, by the clock of this machine. @default false */
  readonly inStep?: boolean;
}
