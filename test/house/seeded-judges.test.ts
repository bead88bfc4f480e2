import { describe, expect, test } from '@jest/globals';
import { actionReference } from './judges/action-reference';
import { pythonLines, tellAbsent } from './judges/python';
import { goldens } from './judges/templates';
import { requestVerdict, statementVerdict } from './judges/verdicts';

const GOLDEN = new Map(goldens().map(([name, template]) => [name, JSON.stringify(template)]));
const modelsAreHere = pythonLines('service_models.py') !== undefined;
const referenceIsHere = actionReference() !== undefined;

/** A golden template with a fault. */
function faulty(golden: string, seed: (text: string) => string): unknown {
  const sound = GOLDEN.get(`golden/${golden}.template.json`) ?? '';
  const text = seed(sound);
  expect(text).not.toBe(sound);
  return JSON.parse(text);
}

describe('a fault in a request', () => {
  test.each<[string, string, (text: string) => string, RegExp]>([
    [
      'a value that is in no list',
      'one-channel',
      (text) => text.replace('"MP4_FILE"', '"MP5_FILE"'),
      /CreateInput\.Type: "MP5_FILE" was given; one of UDP_PUSH, .* is needed/,
    ],
    [
      'a number above its range, which is in the name of the shape alone',
      'one-channel',
      (text) => text.replace(/"GopNumBFrames":\d/, '"GopNumBFrames":8'),
      /GopNumBFrames: 8 was given; a number of at most 7 is needed/,
    ],
    [
      'a number below its range',
      'one-channel',
      (text) =>
        text.replace(/"MaximumEventAgeInSeconds":300(,"MaximumRetryAttempts":5)/, '"MaximumEventAgeInSeconds":59$1'),
      /CreateSchedule\.Target\.RetryPolicy\.MaximumEventAgeInSeconds: 59 was given; a number of at least 60 is needed/,
    ],
    [
      'a bitrate that MediaLive does not take',
      'one-channel',
      (text) => text.replace(/"MaxBitrate":\d+/, '"MaxBitrate":999'),
      /MaxBitrate: 999 was given; a number of at least 1000 is needed/,
    ],
    [
      'a member that is missing',
      'one-channel',
      (text) => text.replace('"ContainerType":"CMAF",', ''),
      /CreateOriginEndpoint\.ContainerType: nothing was given; it is required/,
    ],
    [
      'a member that does not exist',
      'two-channels',
      (text) => text.replace('"WhitelistRules":[{"Cidr":', '"WhitelistRules":[{"Range":'),
      /CreateInputSecurityGroup\.WhitelistRules\[0\]\.Range: there is no such member/,
    ],
    [
      'text in place of a number',
      'one-channel',
      (text) => text.replace(/"GopSize":([\d.]+)/, '"GopSize":"$1"'),
      /GopSize: "[\d.]+" was given; a double is needed/,
    ],
    [
      'a name of another form',
      'one-channel',
      (text) => text.replace(/"ManifestName":"[^"]+"/, '"ManifestName":"in_dex"'),
      /ManifestName: "in_dex" was given; the form \[a-zA-Z0-9-\]\+ is needed/,
    ],
    [
      'a description that is too long',
      'one-channel',
      (text) => text.replace('"Description":"Stops channels', `"Description":"${'x'.repeat(1001)}`),
      /CreateRole\.Description: "x+.*" was given; a length of at most 1000 is needed/,
    ],
    [
      'a protocol that CloudFront does not know',
      's3-origin',
      (text) => text.replace('"redirect-to-https"', '"redirect-to-http"'),
      /CreateDistribution\.\S+ViewerProtocolPolicy: "redirect-to-http" was given; one of /,
    ],
    [
      'a container that MediaStore cannot name',
      'media-store-origin',
      (text) => text.replace(/"ContainerName":\{"Ref":"AWS::StackName"\}/, '"ContainerName":"no such"'),
      /CreateContainer\.ContainerName: "no such" was given; the form \S+ is needed/,
    ],
    [
      'a rule of MediaPackage v1',
      'media-package-v1',
      (text) =>
        text
          .replace('"PlaylistType":"EVENT"', '"PlaylistType":"EVER"')
          .replace('"AdMarkers":"', '"AdMarkers":"X')
          .replace('"SegmentDurationSeconds":', '"SegmentDurationSecond":'),
      /CreateOriginEndpoint\.\w+\.SegmentDurationSecond: there is no such member/,
    ],
  ])('%s, in %s, is found', (_, golden, seed, complaint) => {
    const template = faulty(golden, seed);
    if (!modelsAreHere) {
      tellAbsent('botocore', 'a seeded fault');
      return;
    }
    expect(requestVerdict([['seeded', template]], 'a seeded fault')).toContainEqual(expect.stringMatching(complaint));
  });
});

describe('a fault in a statement', () => {
  const action =
    (from: string, to: string) =>
    (text: string): string =>
      text.replace(`"${from}"`, `"${to}"`);
  test.each<[string, string, (text: string) => string, RegExp]>([
    [
      'an action that does not exist',
      'one-channel',
      action('cloudfront:CreateInvalidation', 'cloudfront:MakeInvalidation'),
      /: cloudfront:MakeInvalidation was given; the service has no such action/,
    ],
    [
      'a wildcard that stands for no action',
      'one-channel',
      action('cloudfront:CreateInvalidation', 'cloudfront:Invalidate*'),
      /: cloudfront:Invalidate\* was given; the service has no such action/,
    ],
    [
      'an action without a type of resource, on a channel',
      'one-channel',
      action('medialive:DescribeChannel', 'medialive:ListAlerts'),
      /: medialive:ListAlerts was granted on arn:\S+:channel:\*; it has no type of resource, grant it on \*/,
    ],
    [
      'an action of inputs, on a channel',
      'one-channel',
      action('medialive:DescribeChannel', 'medialive:DescribeInput'),
      /: medialive:DescribeInput was granted on arn:\S+:channel:\*; its resources are input/,
    ],
    [
      'an action of objects, on a bucket',
      's3-origin',
      action('s3:ListBucket', 's3:GetObject'),
      /: s3:GetObject was granted on arn:aws:s3:::[^/ ]+; its resources are accesspointobject, object/,
    ],
    [
      'an action of buckets, on objects',
      's3-origin',
      action('s3:GetObject', 's3:ListBucket'),
      /: s3:ListBucket was granted on arn:aws:s3:::\S+\/\S*; its resources are accesspoint, bucket/,
    ],
    [
      'reading from a packager that is written to',
      'one-channel',
      action('mediapackagev2:PutObject', 'mediapackagev2:GetObject'),
      /: mediapackagev2:GetObject was granted on arn:\S+\/channel\/main; its resources are originendpoint/,
    ],
    [
      'a resource of no action beside one that counts',
      'one-channel',
      (text) =>
        text.replace(
          '"Action":"cloudfront:CreateInvalidation","Effect":"Allow","Resource":',
          '"Action":"cloudfront:CreateInvalidation","Effect":"Allow","Resource":["arn:aws:s3:::spare"],"Spare":',
        ),
      /: arn:aws:s3:::spare was given; no action of the statement is granted on it/,
    ],
    [
      'a condition on a key that no request has',
      'one-channel',
      (text) => text.replace('"aws:SecureTransport"', '"aws:SecureTransfer"'),
      /: the condition key aws:securetransfer was given; .* has no such key/,
    ],
    [
      'a condition on a key of another action',
      's3-origin',
      action('AWS:SourceArn', 's3:prefix'),
      /: the condition key s3:prefix was given; s3:getobject has no such key/,
    ],
  ])('%s, in %s, is found', (_, golden, seed, complaint) => {
    const template = faulty(golden, seed);
    if (!referenceIsHere) {
      tellAbsent('cfn-lint', 'a seeded fault');
      return;
    }
    expect(statementVerdict([['seeded', template]], 'a seeded fault')).toContainEqual(expect.stringMatching(complaint));
  });
});
