import type { EncodedAudio } from './origin';

/** Returns the groups of the audio, in the order of their first members. */
export function audioGroups(audio: readonly EncodedAudio[]): readonly string[] {
  return [...new Set(audio.map(({ group }) => group))];
}

/** Tells whether players that have chosen a group begin with this member of it. */
export function isDefaultAudio(one: EncodedAudio, all: readonly EncodedAudio[]): boolean {
  return all.find(({ group }) => group === one.group) === one;
}
