import fc from 'fast-check';
import { MOODS, type Mood } from './faults';
import { VARIANTS } from './variants';

/** Faults during a deployment. */
export interface Weather {
  /** Answers of MediaLive, in the order of its calls. */
  readonly api: readonly Mood[];
  /** Milliseconds after which invocations die, in their order. */
  readonly deaths: readonly number[];
  /** Number of the next responses that are delivered twice. */
  readonly duplicates: number;
  /** Parts of logical ids of resources that fail once. */
  readonly resources: readonly string[];
}

/** One step of a history. */
export type Step =
  | {
      readonly kind: 'deploy';
      readonly variant: number;
      readonly weather: Weather;
      /** Start or stop of the channel `main` by hand while the deployment is under way. */
      readonly meanwhile: { readonly act: 'start' | 'stop'; readonly after: number } | null;
    }
  | { readonly kind: 'hand'; readonly act: 'start' | 'stop'; readonly name: 'main' | 'stage' }
  | { readonly kind: 'patrol' };

const weather: fc.Arbitrary<Weather> = fc.record({
  api: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, fc.array(fc.constantFrom(...MOODS), { maxLength: 30 })),
  deaths: fc.oneof(
    { weight: 4, arbitrary: fc.constant([]) },
    // Lambda tries three times.
    fc.array(fc.integer({ min: 0, max: 30_000 }), { maxLength: 2 }),
  ),
  duplicates: fc.integer({ min: 0, max: 2 }),
  resources: fc.oneof(
    { weight: 2, arbitrary: fc.constant([]) },
    fc.array(
      fc.constantFrom(
        'EncodermainChannel',
        'Encodermain',
        'Inputmain',
        'Originmain',
        'EdgeDistribution',
        'Encoderstage',
        'Notices',
      ),
      {
        minLength: 1,
        maxLength: 2,
      },
    ),
  ),
});

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('deploy' as const),
      variant: fc.integer({ min: 0, max: VARIANTS.length - 1 }),
      weather,
      meanwhile: fc.option(
        fc.record({
          act: fc.constantFrom('start' as const, 'stop' as const),
          after: fc.integer({ min: 0, max: 60_000 }),
        }),
        { freq: 8 },
      ),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('hand' as const),
      act: fc.constantFrom('start' as const, 'stop' as const),
      name: fc.constantFrom('main' as const, 'stage' as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('patrol' as const) }) },
);

/** The life of a stack from its first deployment to its deletion. */
export interface History {
  readonly steps: readonly Step[];
  /** True when the channel `main` is deleted by hand before the stack is. */
  readonly vanishing: boolean;
}

/** Random histories of a stack. */
export const histories: fc.Arbitrary<History> = fc.record({
  steps: fc.array(step, { minLength: 1, maxLength: 6 }),
  vanishing: fc.boolean(),
});
