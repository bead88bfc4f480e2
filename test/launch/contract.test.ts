import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { inlineBundles, type LaunchOrigin, version } from '../../bin/launch/launches';
import { deployTemplate } from '../../bin/launch/variants';
import type { JsonObject } from '../../lib/launch/json';
import { tellAbsent } from '../house/judges/python';
import { requestVerdict, statementVerdict } from '../house/judges/verdicts';
import { sampled, THOROUGH } from '../thorough';
import { type Launch, launches } from './choices';
import { type Evaluated, evaluated } from './evaluated';
import { findings } from './validation';
import { writtenLaunchTemplate } from './written';

process.env['CDK_VALIDATION'] = 'false';

const ROOT = resolve(__dirname, '..', '..');
const { context } = JSON.parse(readFileSync(join(ROOT, 'cdk.json'), 'utf8')) as {
  context: Record<string, unknown>;
};

const ORIGINS = [
  ['media-package', ['video', 'hevc', 'recorded', 'recorded hevc'], 3],
  ['media-package-v1', ['video', 'recorded'], 2],
  ['s3', ['video', 'audio', 'recorded', 'recorded audio'], 2],
] as const;

/** Findings of cdk-nag, each with the file of the construct that gives its reason. A template has no constructs. */
const ACKNOWLEDGED: readonly { readonly is: RegExp; readonly reasonIn: string }[] = [
  { is: /^AwsSolutions-S1 /, reasonIn: 'lib/stream/private-bucket.ts' },
  { is: /^AwsSolutions-CFR4 /, reasonIn: 'lib/stream/edge/edge.ts' },
  { is: /^AwsSolutions-SMG4 /, reasonIn: 'lib/launch/secrets.ts, lib/stream/origin/cdn-authorization.ts' },
  { is: /^AwsSolutions-IAM5\[Resource::<\w+Bucket\w+\.Arn>\/\*\] /, reasonIn: 'lib/stream/bucket-content.ts' },
  {
    is: /^AwsSolutions-IAM5\[Resource::arn:.*:medialive:.*:channel:\*\] /,
    reasonIn: 'lib/stream/state/own-channels.ts',
  },
  { is: /^AwsSolutions-IAM5\[Resource::\*\] InputmainRole/, reasonIn: 'lib/stream/inputs/aws.ts' },
  { is: /^AwsSolutions-IAM5\[Resource::\*\] MoneyGuardPatrolRole/, reasonIn: 'lib/stream/state/money-guard.ts' },
  {
    is: /^AwsSolutions-IAM5\[Resource::\*\] OperationsAlarmNoticesNoticeRole/,
    reasonIn: 'lib/stream/state/own-channels.ts',
  },
  {
    is: /^AwsSolutions-IAM5\[Resource::<AnalyticsBucket\w+\.Arn>\/(errors|events)\/\*\] AnalyticsDeliveryRole/,
    reasonIn: 'lib/analytics/delivery.ts',
  },
  {
    is: /^AwsSolutions-IAM5\[Resource::<RecordingsBucket\w+\.Arn>\/(conversion\/\*|runs\/\*|vod\/\*|vod\/\*\/(catalogue\.json|media\/\*))\] Recording/,
    reasonIn: 'lib/recording/grants.ts',
  },
  {
    is: /^AwsSolutions-IAM5\[Resource::arn:.*:mediaconvert:.*:jobs\/\*\] RecordingCatalogueFunctionRole/,
    reasonIn: 'lib/recording/catalogue-function.ts',
  },
  {
    is: /^AwsSolutions-IAM5\[Resource::<OriginBucket\w+\.Arn>\/live\/main\/\*\] RecordingRecorderFunctionRole/,
    reasonIn: 'lib/recording/stored-harvests.ts',
  },
  {
    is: /^AwsSolutions-IAM5\[Resource::(\*|arn:.*:mediapackage:.*:harvest_jobs\/\*)\] Recording(Catalogue|Recorder)FunctionRole/,
    reasonIn: 'lib/recording/v1-harvests.ts',
  },
  // The list of endpoints, each with its harvests, depends on the profile.
  {
    is: /^AwsSolutions-IAM5\[Resource::\{"Fn::If":\["ProfileIsUHD2160p",.*\/harvestJob\/\*.*\] Recording(Catalogue|Recorder)FunctionRole/,
    reasonIn: 'lib/recording/grants.ts',
  },
  {
    is: /^AwsSolutions-IAM5\[Resource::\*\] OriginAuthorizationPolicy/,
    reasonIn: 'lib/stream/origin/cdn-authorization.ts',
  },
  // It cannot read statements inside an Fn::If; in the deploy template of each choice it does.
  { is: /^AwsSolutions-IAM5 EncodermainRole/, reasonIn: 'lib/stream/encoder/encoder.ts' },
];

const TRIED = THOROUGH ? ORIGINS : ORIGINS.slice(0, 1);

describe.each(TRIED)('the launch template with the origin %s', (origin, kinds, rounds) => {
  const all = sampled(launches(kinds, rounds), 24);
  const expected = new Map<string, Evaluated>();
  let text: string;
  let template: JsonObject;

  beforeAll(() => {
    text = readFileSync(writtenLaunchTemplate(origin), 'utf8');
    template = JSON.parse(text) as JsonObject;
    for (const launch of all) expected.set(launch.name, deployed(origin, launch));
  });

  test('is one file of less than 1,000,000 bytes, with nothing that has to be somewhere else', () => {
    expect(Buffer.byteLength(text)).toBeLessThan(1_000_000);
    for (const word of ['AssetParameters', 'cdk-hnb659fds', 'BootstrapVersion', 'S3Key', '.invalid', 'laceholder']) {
      expect(text).not.toContain(word);
    }
    expect(template['Description']).toContain(`(${version()})`);
    expect(template['Metadata']).toMatchObject({ Version: version() });
  });

  test('comes to the deploy template of what is chosen', () => {
    for (const launch of all) {
      expect([launch.name, launched(template, launch)]).toEqual([launch.name, expected.get(launch.name)]);
    }
  });

  test('would not, with two options swapped', () => {
    const faulty = withConditions(template, ({ ProfileIsSD540p: one, ProfileIsHD1080p: other, ...rest }) => ({
      ...rest,
      ProfileIsSD540p: other,
      ProfileIsHD1080p: one,
    }));
    expect(differing(faulty)).toEqual(expect.arrayContaining([expect.stringContaining('SD-540p')]));
  });

  test('would not, with a condition negated', () => {
    const faulty = withConditions(template, (conditions) => ({
      ...conditions,
      StartIsYes: { 'Fn::Not': [conditions['StartIsYes']] },
    }));
    expect(differing(faulty).length).toBeGreaterThan(0);
  });

  test('passes cfn-lint and CDK validation, and cdk-nag but for what the deploy template says why of', () => {
    const found = findings(withoutCode(template), context);
    if (found.cfnLint === undefined) tellAbsent('cfn-lint', `the launch template with the origin ${origin}`);
    expect({ cfnLint: found.cfnLint ?? [], cdk: found.cdk }).toEqual({ cfnLint: [], cdk: [] });
    expect(found.nag.filter((finding) => !ACKNOWLEDGED.some(({ is }) => is.test(finding)))).toEqual([]);
  });

  test('asks and grants nothing that the models and the reference of AWS do not know, whatever is chosen', () => {
    // All choices in one call of each judge.
    const choices = all.map((launch) => [launch.name, template, launch.parameters] as const);
    expect(requestVerdict(choices, `the launch template with the origin ${origin}`)).toEqual([]);
    expect(statementVerdict(choices, `the launch template with the origin ${origin}`)).toEqual([]);
  });

  function differing(faulty: JsonObject): readonly string[] {
    return all
      .filter((launch) => attempt(faulty, launch) !== JSON.stringify(expected.get(launch.name)))
      .map(({ name }) => name);
  }
});

/** The code is no part of what validators look at, and long. */
function withoutCode(template: JsonObject): JsonObject {
  return JSON.parse(JSON.stringify(template), (key, value) => (key === 'ZipFile' ? '// code' : value)) as JsonObject;
}

function attempt(template: JsonObject, launch: Launch): string {
  try {
    return JSON.stringify(launched(template, launch));
  } catch (error) {
    return String(error);
  }
}

function launched(template: JsonObject, { parameters }: Launch): Evaluated {
  return evaluated(template, parameters);
}

function deployed(origin: LaunchOrigin, { description }: Launch): Evaluated {
  return evaluated(deployTemplate({ ...description, origin }, { bundles: inlineBundles(), context }), {});
}

function withConditions(template: JsonObject, change: (of: Record<string, never>) => object): JsonObject {
  return { ...template, Conditions: change(template['Conditions'] as Record<string, never>) } as JsonObject;
}
