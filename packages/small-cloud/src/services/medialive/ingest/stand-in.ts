/** Size of the test pattern. Its caption keeps it from being mistaken for the source in the template. */
const STAND_IN_SIZE = 'size=1280x720:rate=30';

/** Encoding of the test pattern. */
export const STAND_IN_CODEC = [
  ['-c:v', 'libx264'],
  // The pattern is encoded again: only its cost counts.
  ['-preset', 'ultrafast'],
  ['-tune', 'zerolatency'],
  // Every decoder takes 4:2:0.
  ['-pix_fmt', 'yuv420p'],
  // A keyframe a second, for an encoder that begins.
  ['-g', '30'],
].flat();

/** Builds the test pattern, as a graph of filters. */
export function standInPattern(what: string): string {
  const box = 'fontcolor=white:box=1:boxcolor=black:boxborderw=20:x=(w-tw)/2';
  const caption = `drawtext=text=STAND-IN:fontsize=120:y=(h-th)/2-60:${box}`;
  const reason = `drawtext=text='for ${what}':fontsize=40:y=h/2+80:${box}`;
  return `smptehdbars=${STAND_IN_SIZE},${caption},${reason}[out0];sine=frequency=440:sample_rate=48000[out1]`;
}
