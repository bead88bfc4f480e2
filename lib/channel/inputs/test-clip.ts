import { z } from 'zod';
import type { InputKind } from './options/input-kind';

/** The clip of the stack itself, in a loop. It has one audio track, without a language. */
export const testClip = {
  title: 'Test clip',
  intro: 'The stack plays a short clip of its own. The kind has no options.',
  source: 'nothing yet',
  schema: z.strictObject({ kind: z.literal('test-clip') }),
  direction: 'pull',
  standardClassOnly: false,
  failover: false,
  audio: ['track'],
} as const satisfies InputKind;
