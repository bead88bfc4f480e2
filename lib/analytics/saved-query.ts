import type { Scope } from './scope';

/** A saved query: the command, the work group, the page and the documentation share it. */
export interface SavedQuery {
  /** Name in `npm run live -- query NAME`, and in the work group. */
  readonly name: string;
  readonly title: string;
  /** Definition of the figures, with the source of a definition that is not ours. */
  readonly meaning: string;
  /** Tables that it reads. `requests` exists with access logs only. */
  readonly reads: readonly ('events' | 'requests')[];
  /** The part of a stack that it is about: it is saved only where there is that part. @default every stack has it */
  readonly about?: 'ads';
  /** Writes the query, in the SQL of Athena engine version 3 (Trino). */
  sql(scope: Scope): string;
}
