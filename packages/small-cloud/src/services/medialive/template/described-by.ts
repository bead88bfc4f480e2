import { UnsupportedError } from '../../../contract';
import type { Track } from '../contract/plan';
import type { Settings } from './settings';

/** The description that an output uses. */
export interface DescribedBy {
  readonly kind: Track['kind'];
  readonly name: string;
}

/** Returns the one description of an output. @throws UnsupportedError for several, and for none */
export function describedBy(output: Settings): DescribedBy {
  const names: readonly DescribedBy[] = [
    ...(output.has('VideoDescriptionName')
      ? [{ kind: 'video', name: output.text('VideoDescriptionName') } as const]
      : []),
    ...output.texts('AudioDescriptionNames').map((name) => ({ kind: 'audio', name }) as const),
  ];
  const [first, second] = names;
  if (first !== undefined && second === undefined) return first;
  throw new UnsupportedError(
    `${output.path}: the local run takes one video or one audio description for each output, as one CMAF track`,
  );
}
