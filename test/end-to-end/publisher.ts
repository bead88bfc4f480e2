import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { burntInClock } from './clock';
import { PATIENCE } from './patience';

/** A source as a customer has it: ffmpeg publishes a moving pattern with a burnt-in clock, and a tone, over RTMP. */
export class Publisher {
  private said = '';
  private child: ChildProcess;
  private stopped = false;
  private readonly begun = Date.now();

  private constructor(private readonly args: readonly string[]) {
    this.child = this.connect();
  }

  /**
   * Publishes. A refused connection is tried again, as encoders do.
   *
   * @param size - `1280x720`, at 30 frames per second.
   */
  static start(url: string, size = '640x360'): Publisher {
    const [width = 0, height = 0] = size.split('x').map(Number);
    return new Publisher([
      '-nostdin',
      ...['-v', 'error'],
      // In real time, as a camera.
      ...['-re', '-f', 'lavfi', '-i', `testsrc2=size=${size}:rate=30`],
      ...['-re', '-f', 'lavfi', '-i', 'sine=frequency=440:sample_rate=48000'],
      ...['-vf', `${burntInClock(width, height)},format=yuv420p`],
      // ultrafast: the publisher shares the machine with the encoder under test.
      ...['-c:v', 'libx264', '-preset', 'ultrafast'],
      // Without look-ahead, which would add to the measured latency.
      ...['-tune', 'zerolatency'],
      // A keyframe each second, so that playback starts soon.
      ...['-g', '30'],
      ...['-b:v', '2500k'],
      ...['-c:a', 'aac'],
      ...['-b:a', '96k'],
      ...['-f', 'flv', url],
    ]);
  }

  /** Ends it without closing the stream, as a pulled cable does. */
  async kill(): Promise<void> {
    this.stopped = true;
    if (this.hasEnded()) return;
    const gone = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await gone;
  }

  /** Its exit code and last output, once it has ended. */
  async ended(): Promise<{ readonly code: number | null; readonly said: string }> {
    if (!this.hasEnded()) await once(this.child, 'exit');
    return { code: this.child.exitCode, said: this.said };
  }

  private hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  private connect(): ChildProcess {
    const child = spawn(process.env['FFMPEG_PATH'] || 'ffmpeg', this.args, { stdio: ['ignore', 'ignore', 'pipe'] });
    child.stderr.on('data', (text: Buffer) => {
      this.said = (this.said + text.toString()).slice(-4000);
    });
    child.once('exit', () => {
      const refused = /Connection refused/.test(this.said) && Date.now() - this.begun < PATIENCE;
      if (this.stopped || !refused) return;
      this.said = '';
      setTimeout(() => {
        if (!this.stopped) this.child = this.connect();
      }, 300);
    });
    return child;
  }
}
