import type { Properties } from '../../src/contract';
import type { MediaLive } from '../../src/services/medialive/media-live';
import { channel, encoderSettings, request } from './fixture';

/** Sizes of the renditions. */
export const SIZES = [
  { width: 320, height: 180 },
  { width: 160, height: 90 },
];

/** Creates a resource, and returns its id. */
async function create(service: MediaLive, type: string, properties: Properties): Promise<string> {
  const provider = service.resources[type];
  if (provider === undefined) throw new Error(`there is no provider of ${type}`);
  return (await provider.create(request(type, properties))).physicalId;
}

/** Creates an input that plays an object of the bucket. */
export function fileInput(service: MediaLive, key = 'clip.mp4'): Promise<string> {
  const properties = { Name: 'clip', Type: 'MP4_FILE', Sources: [{ Url: `s3ssl://media/${key}` }] };
  return create(service, 'AWS::MediaLive::Input', properties);
}

/** Creates an input that RTMP is pushed to. */
export async function pushInput(service: MediaLive): Promise<string> {
  const group = await create(service, 'AWS::MediaLive::InputSecurityGroup', {
    WhitelistRules: [{ Cidr: '127.0.0.1/32' }],
  });
  const destinations = { Type: 'RTMP_PUSH', Destinations: [{ StreamName: 'live/key' }], InputSecurityGroups: [group] };
  return create(service, 'AWS::MediaLive::Input', { Name: 'camera', ...destinations });
}

/** Creates a channel that encodes an input in {@link SIZES}, over and over if it is a file. */
export function channelWith(service: MediaLive, input: string, selectors: readonly Properties[]): Promise<string> {
  const InputSettings = { SourceEndBehavior: 'LOOP', AudioSelectors: selectors };
  const InputAttachments = [{ InputId: input, InputAttachmentName: 'main', InputSettings }];
  const settings = { InputAttachments, EncoderSettings: encoderSettings({ sizes: SIZES }) };
  return create(service, 'AWS::MediaLive::Channel', channel(input, settings));
}
