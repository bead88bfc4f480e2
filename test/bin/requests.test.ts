import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as medialive from '@aws-sdk/client-medialive';
import * as mediapackage from '@aws-sdk/client-mediapackage';
import * as mediastore from '@aws-sdk/client-mediastore';
import { describe, expect, test } from '@jest/globals';
import { readDescription } from '../../bin/live-streaming/description';
import { type Request, requests } from '../../bin/requests/requests';
import { mainChannel, resources, stageChannel, synth } from '../stream/synth';
import { packagerComplaints } from './requests/packager-request';
import { schemaComplaints } from './requests/request-schema';

const EXAMPLES = resolve(__dirname, '..', '..', 'examples');
const GOLDEN = resolve(__dirname, '..', 'golden');

const CLIENTS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = { medialive, mediapackage, mediastore };

function complaints(found: Readonly<Record<string, Request>>): readonly string[] {
  return Object.entries(found).flatMap(([id, { service, operation, parameters }]) => {
    // There is no client of MediaTailor among the dependencies; the models of botocore judge it.
    if (service === 'mediatailor') return [];
    const client = CLIENTS[service];
    const wrong =
      client === undefined
        ? packagerComplaints(operation, parameters)
        : schemaComplaints(client, operation, parameters);
    return wrong.map((text) => `${id}: ${text}`);
  });
}

function golden(file: string): unknown {
  return JSON.parse(readFileSync(join(GOLDEN, file), 'utf8'));
}

describe('the requests of a template', () => {
  test.each(readdirSync(EXAMPLES))('of examples/%s are what the services take', (file) => {
    const found = requests(synth(readDescription(join(EXAMPLES, file))));
    expect(Object.values(found).map(({ operation }) => operation)).toEqual(
      expect.arrayContaining(['CreateChannel', 'CreateInput']),
    );
    expect(complaints(found)).toEqual([]);
  });

  test.each(readdirSync(GOLDEN))('of golden/%s are what the services take', (file) => {
    const found = requests(golden(file));
    expect(Object.keys(found).length).toBeGreaterThan(3);
    expect(complaints(found)).toEqual([]);
  });

  test('of a container are one for each policy', () => {
    const of = Object.values(requests(golden('media-store-origin.template.json'))).filter(
      ({ service }) => service === 'mediastore',
    );
    expect(of.map(({ operation, parameters }) => [operation, parameters['ContainerName']])).toEqual(
      ['CreateContainer', 'PutContainerPolicy', 'PutCorsPolicy', 'PutLifecyclePolicy', 'PutMetricPolicy'].map(
        (operation) => [operation, 'live'],
      ),
    );
  });

  test('refer to each other as the services would: by the number, the id, or the address', () => {
    const v1 = Object.values(requests(golden('media-package-v1.template.json')));
    const channels = v1.filter(({ service, operation }) => service === 'mediapackage' && operation === 'CreateChannel');
    expect(channels.map(({ parameters }) => parameters['Id'])).toEqual(['live-main', 'live-stage']);
    expect(v1.filter(({ operation }) => operation === 'CreateOriginEndpoint')[0]?.parameters).toMatchObject({
      ChannelId: 'live-main',
      Authorization: {
        CdnIdentifierSecret: expect.stringMatching(/^arn:aws:secretsmanager:us-east-1:111122223333:secret:/),
        SecretsRoleArn: expect.stringMatching(/^arn:aws:iam::111122223333:role\//),
      },
    });
    const stored = Object.values(requests(golden('media-store-origin.template.json')));
    expect(stored.find(({ operation }) => operation === 'CreateChannel')?.parameters).toMatchObject({
      RoleArn: expect.stringMatching(/^arn:aws:iam::111122223333:role\//),
      InputAttachments: [{ InputId: expect.stringMatching(/^\d{7}$/) }],
      Destinations: [
        { Settings: [{ Url: 'mediastoressl://sample.data.mediastore.us-east-1.amazonaws.com/live/main/index' }] },
      ],
    });
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

  test('give a policy as a string, as the API expects it', () => {
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

  test('refuses a media resource without a known operation', () => {
    expect(() => requests({ Resources: { M: { Type: 'AWS::MediaLive::Multiplex', Properties: {} } } })).toThrow(
      'M: no request is known for AWS::MediaLive::Multiplex; add it to OPERATIONS',
    );
  });

  test('refuses a member without a known request', () => {
    const Properties = { ContainerName: 'c', AccessLoggingEnabled: true };
    expect(() => requests({ Resources: { C: { Type: 'AWS::MediaStore::Container', Properties } } })).toThrow(
      'C: no request is known for AccessLoggingEnabled of AWS::MediaStore::Container; add it to OPERATIONS',
    );
  });

  test.each([
    ['"RTMP_PUSH"', '"RTMP_PUSHED"', /Type: "RTMP_PUSHED" is none of/],
    ['"Cidr"', '"CidrBlock"', /WhitelistRules\[0\]\.CidrBlock: InputWhitelistRuleCidr has no such member/],
    ['"CodecSettings"', '"Codec"', /AudioDescriptions\[0\]\.Codec: AudioDescription has no such member/],
    ['"AudioSelectorName":', '"No":', /AudioDescriptions\[0\]\.AudioSelectorName: is missing/],
    ['"Profile":"MAIN"', '"Profile":"MAINLY"', /H264Settings\.Profile: "MAINLY" is none of/],
    ['"InputType":"CMAF"', '"InputType":"CMA"', /CreateChannel\.InputType: "CMA" has not the form/],
    ['"OriginEndpointName"', '"EndpointName"', /CreateOriginEndpoint\.EndpointName: there is no such member/],
    ['"ContainerType":"TS",', '', /CreateOriginEndpoint\.ContainerType: is missing/],
    ['"FramerateNumerator":30', '"FramerateNumerator":"30"', /FramerateNumerator: "30" is not a number/],
  ])('that say %s wrongly are found', (right, wrong, sentence) => {
    const faulty = JSON.stringify(template).replaceAll(right, wrong);
    expect(faulty).toContain(wrong);
    expect(complaints(requests(JSON.parse(faulty)))).toContainEqual(expect.stringMatching(sentence));
  });
});
