import { LADDER_PRESETS } from '../../../lib/channel/ladder-presets';
import { LATENCY_PRESETS, streamTiming } from '../../../lib/channel/latency';
import type { Rendition } from '../../../lib/channel/rendition';

/** The table of ladder presets, in Markdown. */
export function ladderPresets(): readonly string[] {
  return [
    '## Ladder presets',
    '',
    '| preset | renditions, from the lowest bitrate | frames/s | why |',
    '|---|---|---|---|',
    ...Object.entries(LADDER_PRESETS).map(
      ([name, { renditions, frameRate, why }]) =>
        `| \`${name}\` | ${renditions.map(renditionText).join(', ') || 'none'} | ${frameRate} | ${why} |`,
    ),
    '',
  ];
}

function renditionText({ codec, width, height, bitrate, profile }: Rendition): string {
  return `${width}x${height} ${bitrate / 1000} kbit/s ${codec === 'hevc' ? 'HEVC' : profile}`;
}

/** The table of latency presets, in Markdown. */
export function latencyPresets(): readonly string[] {
  return [
    '## Latency presets',
    '',
    'Every duration of the stream comes from this table. The target is how far behind the live edge a player plays;',
    'encoding, packaging and delivery come on top of it.',
    '',
    '| preset | GOP | segment | LL-HLS part | window | target with segments | target with parts | manifests cached | segments cached |',
    '|---|---|---|---|---|---|---|---|---|',
    ...Object.keys(LATENCY_PRESETS).map((name) => latencyRow(name as keyof typeof LATENCY_PRESETS)),
    '',
    'MediaPackage cuts LL-HLS parts itself and has no setting for them. The local run cuts them at half a GOP.',
    '',
  ];
}

function latencyRow(name: keyof typeof LATENCY_PRESETS): string {
  const timing = streamTiming(name);
  const cells = [
    `\`${name}\``,
    `${timing.gopSeconds} s`,
    `${timing.segmentSeconds} s`,
    `about ${timing.partSeconds} s`,
    `${timing.manifestWindowSeconds} s`,
    `${timing.playerTargetSeconds.segments} s`,
    `${timing.playerTargetSeconds.parts} s`,
    `at most ${timing.manifestCacheSeconds.segments} s`,
    `${timing.segmentCacheSeconds / 86_400} days`,
  ];
  return `| ${cells.join(' | ')} |`;
}
