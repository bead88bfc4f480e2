import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { InputPlan } from '../settings/job-plan';
import { isPlaylist } from '../settings/job-settings';
import { type InputSegment, type OpenObject, readHls } from './hls-input';
import { lengthOf, localPlaylist } from './local-playlist';

/**
 * Containers of videos that are read. A playlist that calls itself a video is not: it could name any file of this machine.
 *
 * @see https://docs.aws.amazon.com/mediaconvert/latest/ug/reference-codecs-containers-input.html
 */
const CONTAINERS = ['mov', 'matroska', 'mpegts', 'mpeg', 'mxf', 'avi', 'flv', 'asf'];

/** An input as ffmpeg opens it. */
export interface OpenedInput {
  readonly words: readonly string[];
  /** Length in seconds, of playlists; undefined for a video, whose length ffmpeg tells. */
  readonly seconds: number | undefined;
}

/** Opens the inputs of a job: one playlist of all HLS inputs, or a video. */
export async function openedInput(
  inputs: readonly InputPlan[],
  { open, folder }: { readonly open: OpenObject; readonly folder: string },
): Promise<OpenedInput> {
  const [first] = inputs;
  // The input names files of this machine, and nothing else may be opened.
  const files = ['-protocol_whitelist', 'file'];
  if (first !== undefined && !isPlaylist(first.key)) {
    const words = [...files, '-format_whitelist', CONTAINERS.join(','), '-i', `file:${open(first)}`];
    return { words, seconds: undefined };
  }
  const read: (readonly InputSegment[])[] = [];
  for (const input of inputs) read.push(await readHls(input, open));
  const playlist = join(folder, 'input.m3u8');
  await writeFile(playlist, localPlaylist(read));
  return { words: [...files, '-f', 'hls', '-i', playlist], seconds: lengthOf(read) };
}
