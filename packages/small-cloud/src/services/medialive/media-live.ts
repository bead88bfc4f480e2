import type {
  ApiHandler,
  BucketIngest,
  Cloud,
  NodeStatus,
  ObjectStore,
  PackagerIngest,
  ResourceProvider,
  Service,
} from '../../contract';
import type { Ffmpeg } from '../../host/ffmpeg';
import type { Processes } from '../../host/processes';
import type { SrtSettings } from './contract/input-source';
import type { PushEndpoint } from './contract/push-endpoint';
import type { Unforgiving } from './control/unforgiving';
import { ControlPlane, NO_STORAGE } from './control-plane';
import { shellCommand } from './encoder/command-lines';
import type { Preset } from './encoder/presets';
import { publishArguments } from './ingest/ingest-arguments';
import { ffmpegDataPlane } from './pipelines/ffmpeg-data-plane';

/** Tools and settings of the local MediaLive. */
export interface MediaLiveOptions {
  readonly ffmpeg: Ffmpeg;
  readonly processes: Processes;
  readonly packager: PackagerIngest;
  /** @default there is no bucket to write to or to read from */
  readonly buckets?: BucketIngest;
  /** MediaStore. @default no container can be written to */
  readonly containers?: BucketIngest;
  readonly objects: ObjectStore;
  /** The first TCP port to try for RTMP publishers; each input pipeline has one of its own. */
  readonly rtmpPort: number;
  /** The first UDP port to try for publishers of SRT, RTP and UDP. @default 5000 */
  readonly datagramPort?: number;
  /**
   * Speed of x264 to begin with. A slower preset looks better and costs more processor time. The encoder changes to a
   * faster one automatically when it falls behind.
   *
   * @default 'superfast'
   */
  readonly preset?: Preset;
  /** For tests. @default forgiving */
  readonly unforgiving?: Unforgiving;
}

/** Address to publish to, for the screen. */
export interface PublishUrl {
  /** Name of the input on the screen. */
  readonly input: string;
  readonly url: string;
  /** A command line that publishes a test pattern and a tone. */
  readonly example: string;
}

/** AWS Elemental MediaLive on this machine: real inputs, and ffmpeg as the encoder. */
export class MediaLive implements Service {
  readonly resources: Readonly<Record<string, ResourceProvider>>;
  readonly api: Readonly<Record<string, ApiHandler>>;
  private readonly control: ControlPlane;

  constructor(
    cloud: Cloud,
    private readonly options: MediaLiveOptions,
  ) {
    const {
      ffmpeg,
      processes,
      packager,
      buckets = NO_STORAGE,
      containers = NO_STORAGE,
      objects,
      preset = 'superfast',
      rtmpPort,
      datagramPort = 5000,
      unforgiving = {},
    } = options;
    const tell: Cloud['tell'] = (node, line, level) => cloud.tell(node, line, level);
    const means = { ffmpeg, processes, tell, now: () => performance.now() / 1000 };
    const dataPlane = ffmpegDataPlane({ means, objects, preset, rtmpPort, datagramPort });
    this.control = new ControlPlane(cloud, { dataPlane, packager, buckets, containers, unforgiving });
    this.resources = this.control.resources;
    this.api = { medialive: this.control.api };
  }

  async start(): Promise<void> {
    this.control.start();
  }

  /** Ends every process of the service. */
  async stop(): Promise<void> {
    await this.control.stop();
  }

  status(): readonly NodeStatus[] {
    return this.control.status();
  }

  /** Lists the addresses for publishers, one for each pipeline of each push input. */
  publishUrls(): readonly PublishUrl[] {
    return this.control.allInputs().flatMap((input) => {
      const { screenName, source } = input.settings;
      return this.control.endpoints(input).map((endpoint, pipeline) => ({
        input: pipeline === 0 ? screenName : `${screenName} (pipeline ${pipeline})`,
        url: endpoint.url,
        example: this.example(endpoint, source.kind === 'push' ? source.srt : {}),
      }));
    });
  }

  private example({ protocol, url }: PushEndpoint, srt: SrtSettings): string {
    const pattern = 'testsrc2=size=1280x720:rate=30[out0];sine=frequency=440:sample_rate=48000[out1]';
    const video = '-c:v libx264 -preset veryfast -tune zerolatency -pix_fmt yuv420p -g 60 -b:v 3M';
    const words = `${video} -c:a aac -b:a 128k`.split(' ');
    const to = publishArguments(protocol, url, srt);
    return shellCommand(this.options.ffmpeg.path, ['-re', '-f', 'lavfi', '-i', pattern, ...words, ...to]);
  }
}
