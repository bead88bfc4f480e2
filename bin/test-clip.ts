/**
 * Makes assets/test-clip.mp4 with ffmpeg: `npm run test-clip`. The clip is in the repository, so this is run only to
 * change it. It lasts 16 s, because 480 frames at 30 frames/s and 750 AAC frames at 48 kHz end at the same instant. So
 * audio and video stay together when the clip is looped.
 *
 * The clip is part of every launch template, so each of its bytes counts. Moving parts take whole pixels a frame, which
 * costs the encoder a vector and no picture. Ten periods of the tone fill one AAC frame of 1024 samples, so that the
 * frames are alike and compress to nothing.
 */
import { spawnSync } from 'node:child_process';

const SECONDS = 16;
/** 10 periods in 1024 samples at 48 kHz. */
const TONE_HZ = 468.75;
const [ink, paper, accent] = ['0xe8edf2', '0x12181f', '0x3fb6a8'];
const bars = ['0xc0c0c0', '0xc0c000', '0x00c0c0', '0x00c000', '0xc000c0', '0xc00000', '0x0000c0'];
const text = (options: string) => `drawtext=font=DejaVu Sans Mono:fontcolor=${ink}:${options}`;

const video = [
  `color=${paper}:size=1280x720:rate=30:duration=${SECONDS}[paper]`,
  // A second hand: a bar that sweeps the width once a second, and a ball that crosses it once in the clip.
  `color=${accent}:size=160x8:rate=30:duration=${SECONDS}[hand]`,
  `color=${ink}:size=56x56:rate=30:duration=${SECONDS},format=yuva420p,geq=lum='p(X,Y)':cb=128:cr=128:a='255*lt(hypot(X-28,Y-28),27)'[ball]`,
  `[paper]${bars.map((color, index) => `drawbox=x=${160 + index * 137}:y=560:w=137:h=96:color=${color}:t=fill`).join(',')}[barred]`,
  `[barred][hand]overlay=x='160+26*mod(n,30)':y=440[swept]`,
  `[swept][ball]overlay=x='160+2*n':y='360-120*abs(sin(2*PI*t/2))'[moving]`,
  `[moving]${[
    text(`fontsize=72:x=160:y=80:timecode='00\\:00\\:00\\:00':rate=30`),
    text(`fontsize=28:x=160:y=216:text='TEST CLIP   1280x720   30 fps'`),
  ].join(',')},format=yuv420p[v]`,
].join(';');

const result = spawnSync(
  process.env['FFMPEG_PATH'] ?? 'ffmpeg',
  [
    ['-y'], // overwrite the clip of before
    ['-v', 'error'], // print nothing but errors
    [
      '-f',
      'lavfi',
      '-i',
      `sine=frequency=${TONE_HZ}:beep_factor=2:sample_rate=48000:samples_per_frame=1024:duration=${SECONDS}`,
    ], // a beep each second
    ['-filter_complex', `${video};[0:a]volume=0.25,pan=stereo|c0=c0|c1=c0[a]`],
    ['-map', '[v]'],
    ['-map', '[a]'],
    ['-c:v', 'libx264'],
    ['-preset', 'veryslow'], // a small file: it is in the repository
    ['-tune', 'animation'], // flat areas and sharp edges
    ['-crf', '32'],
    ['-g', '120'], // a keyframe every four seconds, for an encoder that begins in the middle
    ['-x264-params', 'bframes=16:no-deblock=1:psy=0:me=tesa:subme=11:merange=32'],
    ['-profile:v', 'high'],
    ['-level', '4.0'], // bounds the reference frames, for hardware decoders
    ['-c:a', 'aac'],
    ['-q:a', '0.05'], // a beep needs no more
    ['-movflags', '+faststart'], // the index first, so that a reader over HTTP can begin at once
    ['-t', String(SECONDS)],
    ['assets/test-clip.mp4'],
  ].flat(),
  { stdio: 'inherit' },
);
process.exitCode = result.status ?? 1;
