import type { ResourceState } from '../../src/contract';
import { StitchedField } from './stitched-field';

/** Starts MediaTailor with two ads of four seconds. @returns its configuration, and the path of its MPDs. */
export async function twoAds(): Promise<{
  readonly field: StitchedField;
  readonly made: ResourceState;
  readonly dash: string;
}> {
  const field = new StitchedField();
  await field.start();
  const made = await field.create();
  field.clip('red', 4);
  field.clip('blue', 4);
  field.offer(['red', 4], ['blue', 4]);
  return { field, made, dash: field.path(made, 'DashConfiguration.ManifestEndpointPrefix') };
}
