import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ListChannelsCommand, MediaLiveClient, StopChannelCommand } from '@aws-sdk/client-medialive';
import { type LocalRun, openLocalRun } from 'small-cloud';
import { EncoderSwitch } from '../encoder-switch';
import { freePort } from '../ports';
import { Publisher } from '../publisher';
import { Log } from './log';

/** A minute of the cloud lasts so many times shorter. The media keeps its own pace. */
export const HURRY = 10;

/** The description that drills are made on: one small RTMP channel. */
export const DESCRIPTION = {
  channels: [
    {
      name: 'stage',
      input: { kind: 'rtmp-push', allowedCidrs: ['203.0.113.7/32'], streamNames: ['live/secret'] },
      ladder: [{ width: 320, height: 180, bitrate: 200_000 }],
      latency: 'low',
    },
  ],
};

/** Options of {@link DrillRun.start}. */
interface StartOptions {
  readonly change?: (text: string) => string;
  readonly hurry?: number;
}

/** A hurried local run with a publisher and a viewer, and faults that can be made in it. */
export class DrillRun {
  readonly log = new Log();
  private publisher: Publisher | undefined;
  private run: LocalRun | undefined;
  private ingest = '';
  private fault: number | undefined;
  private viewing: NodeJS.Timeout | undefined;
  private readonly encoder: EncoderSwitch;
  private readonly ffmpegBefore = process.env['FFMPEG_PATH'];

  private constructor(folder: string) {
    this.encoder = new EncoderSwitch(folder, '/in/v1/');
    process.env['FFMPEG_PATH'] = this.encoder.path;
  }

  /**
   * Brings a template up. The publisher calls from the beginning, as an operator's encoder does.
   *
   * @param folder - of the synthesized template.
   * @param options.change - made to the text of the template. @default none
   * @param options.hurry - how many times faster the time of the cloud passes. @default {@link HURRY}
   */
  static async start(template: string, folder: string, options: StartOptions = {}): Promise<DrillRun> {
    const { change = (text) => text, hurry = HURRY } = options;
    const drill = new DrillRun(mkdtempSync(join(folder, 'run-')));
    const changed = template.replace('LiveStreaming.', 'Changed.');
    writeFileSync(changed, change(readFileSync(template, 'utf8')));
    const assets = readFileSync(template.replace('.template.json', '.assets.json'), 'utf8');
    writeFileSync(join(dirname(template), 'Changed.assets.json'), assets);
    const rtmpPort = await freePort();
    drill.ingest = `rtmp://127.0.0.1:${rtmpPort}/live/secret`;
    drill.publish();
    drill.run = await openLocalRun({
      template: changed,
      parameters: {},
      folder: mkdtempSync(join(folder, 'cloud-')),
      port: await freePort(),
      rtmpPort,
      hurry,
      packagerFault: () => drill.fault,
      listener: { progress: () => {}, tell: (node, line) => drill.log.add(node, line) },
    });
    await drill.run.start();
    drill.watch();
    return drill;
  }

  publish(): void {
    this.publisher = Publisher.start(this.ingest);
  }

  async cut(): Promise<void> {
    await this.publisher?.kill();
  }

  /** Lets the packager answer viewers with a status; undefined mends it. */
  answerWith(status: number | undefined): void {
    this.fault = status;
  }

  /** Kills the encoder, and every one that would follow it. */
  killEncoder(): void {
    this.encoder.off(process.pid);
  }

  /** Lets encoders start again. */
  mendEncoder(): void {
    this.encoder.on();
  }

  /** Stops the channel as an operator does. */
  async stopChannel(): Promise<void> {
    const { apiUrl, keys } = this.started.environment;
    const client = new MediaLiveClient({ endpoint: apiUrl, region: 'us-east-1', credentials: keys });
    const { Channels = [] } = await client.send(new ListChannelsCommand({}));
    for (const { Id: ChannelId } of Channels) await client.send(new StopChannelCommand({ ChannelId }));
    client.destroy();
  }

  async end(): Promise<void> {
    clearInterval(this.viewing);
    await this.publisher?.kill();
    await this.run?.stop();
    if (this.ffmpegBefore === undefined) delete process.env['FFMPEG_PATH'];
    else process.env['FFMPEG_PATH'] = this.ffmpegBefore;
  }

  private get started(): LocalRun {
    if (this.run === undefined) throw new Error('The run has not been started');
    return this.run;
  }

  /** Asks for every manifest three times a second, as a few viewers do. */
  private watch(): void {
    const urls = this.started.addresses().manifests.map(({ url }) => url);
    this.viewing = setInterval(() => {
      for (const url of urls) {
        // A viewer that gets no answer asks again.
        fetch(url)
          .then((answer) => answer.arrayBuffer())
          .catch(() => undefined);
      }
    }, 333);
  }
}
