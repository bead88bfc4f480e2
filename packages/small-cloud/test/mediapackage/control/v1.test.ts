import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Properties } from '../../../src/contract';
import { Processes } from '../../../src/host/processes';
import { MediaPackage } from '../../../src/services/mediapackage/media-package';
import { SecretsManager } from '../../../src/services/secretsmanager/secretsmanager';
import { TestCloud } from '../../s3/test-cloud';
import { Encoder, eventually } from '../fixture';

const HEADER = 'x-mediapackage-cdnidentifier';
const KEY = 'MediaPackageCDNIdentifier';

let cloud: TestCloud;
let secrets: SecretsManager;
let origin: MediaPackage;
let processes: Processes;
let secretArn: string;

beforeEach(async () => {
  cloud = new TestCloud();
  secrets = new SecretsManager(cloud);
  processes = new Processes(cloud.folder);
  origin = new MediaPackage(cloud, { ffmpeg: 'ffmpeg', processes, secrets });
  await origin.start();
  const made = await cloud.create(secrets, 'AWS::SecretsManager::Secret', 'Secret', {
    GenerateSecretString: { SecretStringTemplate: '{}', GenerateStringKey: KEY },
  });
  secretArn = made.ref;
  await cloud.create(origin, 'AWS::MediaPackage::Channel', 'Channel', { Id: 'live-main', Description: 'words' });
});

afterEach(async () => {
  await origin.stop();
  await processes.stop();
  cloud.remove();
});

async function role(action = 'secretsmanager:GetSecretValue', service = 'mediapackage.amazonaws.com') {
  const made = await cloud.create(cloud.access, 'AWS::IAM::Role', 'Reader', {
    AssumeRolePolicyDocument: {
      Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: service } }],
    },
    Policies: [
      { PolicyName: 'p', PolicyDocument: { Statement: [{ Effect: 'Allow', Action: action, Resource: secretArn }] } },
    ],
  });
  return made.attribute('Arn');
}

async function endpoint(properties: Properties, roleArn?: string) {
  return cloud.create(origin, 'AWS::MediaPackage::OriginEndpoint', 'Endpoint', {
    Id: 'live-main-one',
    ChannelId: 'live-main',
    Authorization: { CdnIdentifierSecret: secretArn, SecretsRoleArn: roleArn ?? (await role()) },
    ...properties,
  });
}

/** Reads a URL of the service on this machine. */
async function read(url: string, shown?: string) {
  const { hostname, pathname } = new URL(url);
  const response = await fetch(`${cloud.names.resolve(hostname)}${pathname}`, {
    headers: shown === undefined ? {} : { [HEADER]: shown },
  });
  return { status: response.status, body: await response.text() };
}

describe('MediaPackage v1', () => {
  test('serves an endpoint only to requests with the secret', async () => {
    const url = (await endpoint({ HlsPackage: { SegmentDurationSeconds: 1 } })).attribute('Url');
    const encoder = new Encoder({ origin }, 'a', [undefined, 'live-main']);
    await encoder.send(8);
    const word = secrets.secret(secretArn, KEY) ?? '';
    const { body } = await eventually(
      () => read(url, word),
      ({ status }) => status === 200,
    );
    expect(body).toContain('index_video.m3u8');
    expect(await read(url)).toMatchObject({ status: 403 });
    expect(await read(url, 'guess')).toMatchObject({ status: 403 });
    expect((await read(url, 'guess')).body).not.toContain(word);
    expect(cloud.told.join()).not.toContain(word);
  });

  test('has an endpoint’s id in its ARN and its URL, and no URL for CMAF', async () => {
    const dash = await endpoint({ DashPackage: {} });
    const id = dash.attribute('Arn').split('/')[1];
    expect(dash.attribute('Arn')).toMatch(
      /^arn:aws:mediapackage:eu-west-1:111122223333:origin_endpoints\/[0-9a-f]{32}$/,
    );
    expect(new URL(dash.attribute('Url')).pathname).toBe(`/out/v1/${id}/index.mpd`);
    const cmaf = await endpoint({ Id: 'live-main-two', CmafPackage: { HlsManifests: [{ Id: 'hls' }] } });
    expect(cmaf.attribute('Url')).toBe('');
  });

  test('answers that it does not serve Smooth Streaming', async () => {
    const url = (await endpoint({ MssPackage: { SegmentDurationSeconds: 2 } })).attribute('Url');
    expect(url).toMatch(/\/index\.ism\/Manifest$/);
    const answer = await read(url, secrets.secret(secretArn, KEY));
    expect(answer).toMatchObject({ status: 501 });
    expect(answer.body).toContain('does not serve Microsoft Smooth Streaming');
  });

  test('refuses an endpoint whose role cannot be assumed, or cannot read the secret', async () => {
    await expect(endpoint({ HlsPackage: {} }, await role('secretsmanager:DescribeSecret'))).rejects.toThrow(
      'does not allow secretsmanager:GetSecretValue',
    );
    await expect(
      endpoint({ HlsPackage: {} }, await role('secretsmanager:GetSecretValue', 'medialive.amazonaws.com')),
    ).rejects.toThrow('does not let mediapackage.amazonaws.com assume it');
  });

  test('refuses properties that it does not model, by name', async () => {
    await expect(endpoint({ HlsPackage: { StreamSelection: {} } })).rejects.toThrow('HlsPackage.StreamSelection');
    await expect(endpoint({ ChannelId: 'nobody', HlsPackage: {} })).rejects.toThrow("there is no channel 'nobody'");
  });
});
