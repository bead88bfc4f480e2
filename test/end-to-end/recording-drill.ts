import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import {
  ListChannelsCommand,
  MediaLiveClient,
  StartChannelCommand,
  StopChannelCommand,
} from '@aws-sdk/client-medialive';
import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { type LocalRun, openLocalRun } from 'small-cloud';
import { synthesizeTo } from '../../bin/live-streaming/assembly';
import { Log } from './drills/log';
import { harvestAhead } from './harvest-ahead';
import { freePort } from './ports';
import { Publisher } from './publisher';
import { type Catalogue, CHANNEL, DESCRIPTION, withoutStops } from './recording-drill-template';

/** A fault of the next harvests. */
type Fault = 'fail' | 'lose-event' | 'repeat-event';

/**
 * A local run of one recorded channel with a publisher. Nobody tells the recorder that the channel has stopped, unless the
 * drill does: the rule hears `RUNNING` only.
 */
export class RecordingDrill {
  readonly log = new Log();
  fault: Fault | undefined;
  private publisher: Publisher | undefined;
  private constructor(
    private readonly run: LocalRun,
    private readonly ingest: string,
    private readonly edge: string,
  ) {}

  /** @param changes - further options of the description. */
  static async start(folder: string, changes: object = {}): Promise<RecordingDrill> {
    const config = join(folder, 'channels.json');
    writeFileSync(config, JSON.stringify({ ...DESCRIPTION, ...changes }));
    const template = await synthesizeTo(folder, config);
    const deaf = template.replace('LiveStreaming.', 'Deaf.');
    writeFileSync(deaf, withoutStops(readFileSync(template, 'utf8')));
    const assets = readFileSync(template.replace('.template.json', '.assets.json'), 'utf8');
    writeFileSync(join(dirname(template), 'Deaf.assets.json'), assets);
    const [port, rtmpPort] = [await freePort(), await freePort()];
    let drill: RecordingDrill | undefined;
    const before: (readonly [string, string])[] = [];
    const run = await openLocalRun({
      template: deaf,
      parameters: {},
      folder: mkdtempSync(join(folder, 'cloud-')),
      port,
      rtmpPort,
      harvestFault: () => drill?.fault,
      listener: {
        progress: () => {},
        tell: (node, line) => (drill === undefined ? before.push([node, line]) : drill.log.add(node, line)),
      },
    });
    const made = new RecordingDrill(run, `rtmp://127.0.0.1:${rtmpPort}/live/secret`, `http://127.0.0.1:${port}`);
    for (const [node, line] of before) made.log.add(node, line);
    drill = made;
    await run.start();
    // The input is there only now, and a publisher that the listener turns away does not come back.
    drill.publish();
    return drill;
  }

  publish(): void {
    this.publisher = Publisher.start(this.ingest);
  }

  /** Ends the publisher without closing the stream. */
  async cut(): Promise<void> {
    await this.publisher?.kill();
  }

  /** Starts or stops the channel as an operator does, and waits until it is done. */
  async channel(wanted: 'RUNNING' | 'IDLE'): Promise<void> {
    const client = new MediaLiveClient(this.settings());
    const look = async () => (await client.send(new ListChannelsCommand({}))).Channels?.[0];
    const ChannelId = (await look())?.Id;
    await client.send(
      wanted === 'RUNNING' ? new StartChannelCommand({ ChannelId }) : new StopChannelCommand({ ChannelId }),
    );
    while ((await look())?.State !== wanted) await pause();
    client.destroy();
  }

  /** Invokes a function of the recording, and returns its answer. @throws Error with the answer of one that failed. */
  async invoke(which: 'Recorder' | 'Catalogue', event: object): Promise<unknown> {
    const line = await this.log.until(new RegExp(`^events .*:function:[^:]*Recording${which}Function`));
    const client = new LambdaClient(this.settings());
    const { Payload, FunctionError } = await client.send(
      new InvokeCommand({
        FunctionName: /:function:([\w-]+)/.exec(line)?.[1],
        Payload: Buffer.from(JSON.stringify(event)),
      }),
    );
    client.destroy();
    const answer = Buffer.from(Payload ?? []).toString();
    if (FunctionError !== undefined) throw new Error(answer);
    return JSON.parse(answer);
  }

  /** Has a clip made of the last seconds. */
  clip(seconds: number, title: string): Promise<unknown> {
    const now = Date.now();
    const [from, to] = [now - seconds * 1000, now].map((time) => new Date(time).toISOString());
    return this.invoke('Recorder', { task: 'clip', channel: CHANNEL, from, to, title });
  }

  /** Tells the recorder that the channel has stopped, as MediaLive's event does. */
  async tellStop(): Promise<unknown> {
    const line = await this.log.until(/Channel State Change/);
    const client = new MediaLiveClient(this.settings());
    const { Channels: [channel] = [] } = await client.send(new ListChannelsCommand({}));
    client.destroy();
    return this.invoke('Recorder', {
      source: 'aws.medialive',
      'detail-type': /MediaLive Channel State Change/.exec(line)?.[0],
      time: new Date().toISOString(),
      detail: { channel_arn: channel?.Arn, state: 'STOPPED' },
    });
  }

  async text(path: string): Promise<string> {
    return (await fetch(`${this.edge}${path}`)).text();
  }

  /** Reads the catalogue until it answers a question. */
  async catalogue<T>(question: string, answer: (catalogue: Catalogue) => T | undefined): Promise<T> {
    let found: T | undefined;
    let asking = false;
    return this.log.when(question, () => {
      if (!asking) {
        asking = true;
        // Past the copies of the edge.
        this.text(`/vod/catalogue.json?${Date.now()}`)
          .then((text) => {
            found = answer(JSON.parse(text) as Catalogue);
          })
          .catch(() => undefined)
          .finally(() => {
            asking = false;
          });
      }
      return found;
    });
  }

  /** Deletes the stack, and returns the catalogue that its bucket keeps. */
  async deleteStack(): Promise<Catalogue> {
    const bucket = await this.bucket();
    await this.run.deleteStack();
    const client = new S3Client({ ...this.settings(), forcePathStyle: true });
    const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: 'vod/catalogue.json' }));
    client.destroy();
    return JSON.parse((await Body?.transformToString()) ?? '') as Catalogue;
  }

  /** Deletes the stack, and returns what S3 says of its bucket then: the name of an error, or `there`. */
  async bucketAfterDeletion(): Promise<string> {
    const bucket = await this.bucket();
    await this.run.deleteStack();
    const client = new S3Client({ ...this.settings(), forcePathStyle: true });
    const list = client.send(new ListObjectsV2Command({ Bucket: bucket }));
    const said = await list.then(() => 'there').catch((error: Error) => error.name);
    client.destroy();
    return said;
  }

  /** Has the next seconds of the channel harvested, and returns once MediaPackage is at it. */
  async harvestAhead(seconds: number): Promise<void> {
    await harvestAhead(this.settings(), { bucket: await this.bucket(), seconds });
  }

  /** Returns the name of the bucket of the recordings. */
  private async bucket(): Promise<string> {
    const formation = new CloudFormationClient(this.settings());
    const { Stacks = [] } = await formation.send(new DescribeStacksCommand({}));
    formation.destroy();
    const outputs = Stacks.flatMap(({ Outputs = [] }) => Outputs);
    return outputs.find(({ OutputKey }) => OutputKey === 'RecordingsBucket')?.OutputValue ?? '';
  }

  private settings() {
    const { apiUrl, keys } = this.run.environment;
    return { endpoint: apiUrl, region: 'us-east-1', credentials: keys };
  }

  async end(): Promise<void> {
    await this.publisher?.kill();
    await this.run.stop();
  }
}

const pause = () => new Promise((done) => setTimeout(done, 500));
