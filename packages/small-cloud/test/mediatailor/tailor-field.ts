import type { Properties, ResourceState } from '../../src/contract';
import { MediaTailor } from '../../src/services/mediatailor/mediatailor';
import { LocalNames } from '../../src/wire/local-names';
import { quietCloud } from '../cloudformation/quiet-cloud';
import { LoopbackServer } from '../loopback-server';

/** The name of the edge that MediaTailor reads the show from. */
export const EDGE = 'd111.cloudfront.net';
/** The properties of a configuration that a template of this repository has. */
export const CONFIGURATION = {
  Name: 'main-1',
  VideoContentSourceUrl: `https://${EDGE}`,
  AdDecisionServerUrl: `https://${EDGE}/ads?id=[scte.event_id]&s=[session.avail_duration_secs]&u=[player_params.user]&r=[avail.random]`,
  InsertionMode: 'PLAYER_SELECT',
  CdnConfiguration: { AdSegmentUrlPrefix: `https://${EDGE}`, ContentSegmentUrlPrefix: `https://${EDGE}` },
  DashConfiguration: { MpdLocation: 'DISABLED', OriginManifestType: 'SINGLE_PERIOD' },
  AdConditioningConfiguration: { StreamingMediaFileConditioning: 'TRANSCODE' },
};

/** MediaTailor with an edge that answers with files of a test. */
export class TailorField {
  /** Bodies by path, without the query. */
  readonly files = new Map<string, string | Buffer>();
  /** Requests that reached the edge. */
  readonly asked: string[] = [];
  /** User agents and addresses that these requests named. */
  readonly viewers: string[] = [];
  readonly told: string[] = [];
  readonly service: MediaTailor;
  readonly names = new LocalNames();
  private readonly edge = new LoopbackServer((request, response) => {
    this.asked.push(request.url ?? '');
    this.viewers.push(`${request.headers['user-agent']}, ${request.headers['x-forwarded-for']}`);
    const body = this.files.get((request.url ?? '').split('?')[0] ?? '');
    response.writeHead(body === undefined ? 404 : 200, { 'cache-control': 'max-age=1' }).end(body);
  });

  constructor() {
    const tell = (_: string, line: string) => void this.told.push(line);
    this.service = new MediaTailor({ ...quietCloud(), names: this.names, tell });
  }

  async start(): Promise<void> {
    this.names.register(EDGE, await this.edge.start());
  }

  create(properties: Properties = CONFIGURATION): Promise<ResourceState> {
    const type = 'AWS::MediaTailor::PlaybackConfiguration';
    const provider = this.service.resources[type];
    if (provider === undefined) throw new Error(`there is no ${type}`);
    return provider.create({ stackName: 'live', stackId: 'arn:stack', logicalId: 'Ads', type, properties });
  }

  /** Returns a path of a configuration, such as `/v1/master/<account>/main-1/`. */
  path(state: ResourceState, attribute: string): string {
    return new URL(String(state.attributes[attribute])).pathname;
  }

  /** Asks MediaTailor as an edge does. */
  async ask(path: string, options: RequestInit = {}): Promise<{ status: number; text: string; headers: Headers }> {
    const base = this.names.resolve('manifests.mediatailor.eu-west-1.amazonaws.com') ?? '';
    const answer = await fetch(`${base}${path}`, { redirect: 'manual', ...options });
    return { status: answer.status, text: await answer.text(), headers: answer.headers };
  }

  async end(): Promise<void> {
    await this.service.stop();
    await this.edge.stop();
  }
}
