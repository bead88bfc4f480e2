import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as medialive from '@aws-sdk/client-medialive';
import * as mediapackage from '@aws-sdk/client-mediapackage';
import { describe, expect, test } from '@jest/globals';
import { readDescription } from '../../bin/description';
import { type Request, requests } from '../../bin/requests/requests';
import { mainChannel, resources, stageChannel, synth } from '../stream/synth';
import { schemaComplaints } from './request-schema';

const EXAMPLES = resolve(__dirname, '..', '..', 'examples');

/** There is no client of MediaPackage v2 among the dependencies. */
const CLIENTS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = { medialive, mediapackage };

function complaints(found: Readonly<Record<string, Request>>): readonly string[] {
  return Object.entries(found).flatMap(([id, { service, operation, parameters }]) => {
    const client = CLIENTS[service];
    return client === undefined ? [] : schemaComplaints(client, operation, parameters).map((text) => `${id}: ${text}`);
  });
}

describe('the requests of a template', () => {
  test.each(readdirSync(EXAMPLES))('of %s are what the clients of the services take', (file) => {
    const found = requests(synth(readDescription(join(EXAMPLES, file))));
    expect(Object.values(found).map(({ operation }) => operation)).toEqual(
      expect.arrayContaining(['CreateChannel', 'CreateInput']),
    );
    expect(complaints(found)).toEqual([]);
  });

  const template = synth({ channels: [mainChannel, stageChannel] });

  test('are one for each media resource, with samples in place of references', () => {
    const found = requests(template);
    const media = Object.entries(template.Resources).filter(([, { Type }]) => Type.startsWith('AWS::Media'));
    expect(Object.keys(found).sort()).toEqual(media.map(([id]) => id).sort());
    expect(JSON.stringify(found)).not.toMatch(/"(Ref|Fn::\w+)"/);
    const [stage] = resources(template, 'AWS::MediaLive::Input').filter(({ id }) => id.startsWith('Inputstage'));
    expect(found[stage?.id ?? '']).toMatchObject({
      service: 'medialive',
      operation: 'CreateInput',
      parameters: { Name: 'live-stage', Type: 'RTMP_PUSH', InputSecurityGroups: [expect.stringMatching(/^\d{7}$/)] },
    });
  });

  test('give a policy as text, as the API wants it', () => {
    const policy = Object.values(requests(template)).find(({ operation }) => operation === 'PutOriginEndpointPolicy');
    expect(JSON.parse(String(policy?.parameters['Policy']))).toHaveProperty('Statement');
  });

  test('give tags as a map', () => {
    const Tags = [{ Key: 'team', Value: 'live' }];
    const found = requests({ Resources: { P: { Type: 'AWS::MediaPackage::Channel', Properties: { Id: 'p', Tags } } } });
    expect(found).toEqual({
      P: { service: 'mediapackage', operation: 'CreateChannel', parameters: { Id: 'p', Tags: { team: 'live' } } },
    });
    expect(complaints(found)).toEqual([]);
  });

  test('refuses a media resource that it knows no operation for', () => {
    expect(() => requests({ Resources: { M: { Type: 'AWS::MediaLive::Multiplex', Properties: {} } } })).toThrow(
      'M: no request is known for AWS::MediaLive::Multiplex; add it to OPERATIONS',
    );
  });

  test.each([
    ['"RTMP_PUSH"', '"RTMP_PUSHED"', /Type: "RTMP_PUSHED" is none of/],
    ['"Cidr"', '"CidrBlock"', /WhitelistRules\[0\]\.CidrBlock: InputWhitelistRuleCidr has no such member/],
    ['"CodecSettings"', '"Codec"', /AudioDescriptions\[0\]\.Codec: AudioDescription has no such member/],
    ['"AudioSelectorName":', '"No":', /AudioDescriptions\[0\]\.AudioSelectorName: is missing/],
    ['"Profile":"MAIN"', '"Profile":"MAINLY"', /H264Settings\.Profile: "MAINLY" is none of/],
    ['"FramerateNumerator":30', '"FramerateNumerator":"30"', /FramerateNumerator: "30" is no number/],
  ])('that say %s wrongly are found', (right, wrong, sentence) => {
    const faulty = JSON.stringify(template).replaceAll(right, wrong);
    expect(faulty).toContain(wrong);
    expect(complaints(requests(JSON.parse(faulty)))).toContainEqual(expect.stringMatching(sentence));
  });
});
