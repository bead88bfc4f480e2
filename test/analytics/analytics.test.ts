import { describe, expect, test } from '@jest/globals';
import { EVENT_COLUMNS } from '../../lib/analytics/columns';
import { savedQueries } from '../../lib/analytics/queries';
import { grants, inline } from '../stream/grants';
import { mainChannel, only, resources, synth, type Template } from '../stream/synth';

const template = synth({ analytics: true });

const config = (of: Template, id: RegExp) => {
  const found = resources(of, 'Custom::BucketContent').find((one) => id.test(one.id));
  return JSON.stringify(found?.Properties['Config'] ?? '');
};

describe('a stack without analytics', () => {
  const without = synth();

  test('has nothing of it', () => {
    const types = Object.values(without.Resources).map(({ Type }) => Type);
    expect(types.filter((type) => /Firehose|Glue|Athena|Lambda::Url/.test(type))).toEqual([]);
    expect(Object.keys(without.Outputs).filter((name) => name.startsWith('Audience'))).toEqual([]);
    expect(config(without, /PlayerSite/)).not.toContain('audience');
  });
});

describe('the page of a stack with analytics', () => {
  test('reports to its own site, and puts CMCD into media requests where there are access logs', () => {
    expect(config(template, /PlayerSite/).replaceAll('\\', '')).toContain(
      '"audience":{"report":"/beacon","everySeconds":30,"requests":true}',
    );
    const silent = config(synth({ analytics: true, edge: { accessLogs: 'off' } }), /PlayerSite/);
    expect(silent).toContain('everySeconds');
    expect(silent).not.toContain('requests');
  });
});

describe('the edge of a stack with analytics', () => {
  const { DistributionConfig: edge } = only(template, 'AWS::CloudFront::Distribution').Properties as {
    DistributionConfig: { CacheBehaviors: readonly Record<string, unknown>[] };
  };

  test('hands reports to the collector, and caches no answer', () => {
    expect(edge.CacheBehaviors[0]).toMatchObject({
      PathPattern: '/beacon',
      TargetOriginId: 'collector',
      AllowedMethods: ['GET', 'HEAD'],
      // The managed policy CachingDisabled.
      CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
      Compress: false,
    });
  });

  test('passes on country, class of device and the wish not to be counted, and nothing that tells viewers apart', () => {
    expect(only(template, 'AWS::CloudFront::OriginRequestPolicy').Properties).toMatchObject({
      OriginRequestPolicyConfig: {
        CookiesConfig: { CookieBehavior: 'none' },
        HeadersConfig: {
          Headers: [
            'CloudFront-Viewer-Country',
            'CloudFront-Is-Desktop-Viewer',
            'CloudFront-Is-Mobile-Viewer',
            'CloudFront-Is-SmartTV-Viewer',
            'CloudFront-Is-Tablet-Viewer',
            'DNT',
            'Sec-GPC',
          ],
        },
        QueryStringsConfig: { QueryStrings: ['CMCD'] },
      },
    });
  });

  test('lets the distribution alone invoke the collector, with both permissions that a function URL needs', () => {
    const permissions = resources(template, 'AWS::Lambda::Permission')
      .map(({ Properties }) => Properties)
      .filter(({ Principal }) => Principal === 'cloudfront.amazonaws.com');
    expect(permissions.map(({ Action }) => Action).sort()).toEqual([
      'lambda:InvokeFunction',
      'lambda:InvokeFunctionUrl',
    ]);
    for (const { SourceArn } of permissions) expect(JSON.stringify(SourceArn)).toContain('distribution/');
    expect(only(template, 'AWS::Lambda::Url').Properties).toMatchObject({ AuthType: 'AWS_IAM' });
  });

  test('has CMCD in no cache key, so that a session costs no hit', () => {
    for (const { Properties } of resources(template, 'AWS::CloudFront::CachePolicy')) {
      const { ParametersInCacheKeyAndForwardedToOrigin: key } = Properties['CachePolicyConfig'] as Record<
        string,
        { QueryStringsConfig: { QueryStringBehavior: string; QueryStrings?: readonly string[] } }
      >;
      expect(['none', 'whitelist']).toContain(key?.QueryStringsConfig.QueryStringBehavior);
      expect(key?.QueryStringsConfig.QueryStrings ?? []).not.toContain('CMCD');
    }
  });
});

describe('the lake', () => {
  test('is written by day as Parquet, with every column of the table', () => {
    expect(only(template, 'AWS::KinesisFirehose::DeliveryStream').Properties).toMatchObject({
      DeliveryStreamType: 'DirectPut',
      ExtendedS3DestinationConfiguration: {
        Prefix: 'events/day=!{timestamp:yyyy-MM-dd}/',
        ErrorOutputPrefix: 'errors/!{firehose:error-output-type}/day=!{timestamp:yyyy-MM-dd}/',
        CompressionFormat: 'UNCOMPRESSED',
        BufferingHints: { IntervalInSeconds: 300, SizeInMBs: 64 },
        DataFormatConversionConfiguration: {
          Enabled: true,
          // Without a member the SerDe itself would be lost in the template.
          InputFormatConfiguration: { Deserializer: { OpenXJsonSerDe: { CaseInsensitive: true } } },
          OutputFormatConfiguration: { Serializer: { ParquetSerDe: { Compression: 'SNAPPY' } } },
        },
      },
    });
    const events = resources(template, 'AWS::Glue::Table').find(({ id }) => id.includes('Events'));
    expect(events?.Properties['TableInput']).toMatchObject({
      Name: 'events',
      PartitionKeys: [{ Name: 'day', Type: 'string' }],
      Parameters: { 'projection.enabled': 'true', 'projection.day.range': 'NOW-92DAYS,NOW+1DAYS' },
      StorageDescriptor: { Columns: EVENT_COLUMNS.map(([Name, Type]) => ({ Name, Type })) },
    });
  });

  test('is written by a role that can do no more', () => {
    const allowed = grants(inline(template, /^AnalyticsDeliveryRole/));
    const actions = [...new Set(allowed.map((grant) => grant.split(' ')[0]))];
    expect(actions).toEqual([
      'glue:GetTable',
      'glue:GetTableVersion',
      'glue:GetTableVersions',
      'logs:PutLogEvents',
      's3:AbortMultipartUpload',
      's3:GetBucketLocation',
      's3:GetObject',
      's3:ListBucket',
      's3:ListBucketMultipartUploads',
      's3:PutObject',
    ]);
    expect(allowed.filter((grant) => /PutObject/.test(grant))).toEqual([
      's3:PutObject <AnalyticsBucket>/errors/*',
      's3:PutObject <AnalyticsBucket>/events/*',
    ]);
    expect(grants(inline(template, /^AnalyticsCollector.*Role/)).map((grant) => grant.split(' ')[0])).toEqual([
      'firehose:PutRecord',
      'logs:CreateLogStream',
      'logs:PutLogEvents',
    ]);
  });

  test('has the saved queries in a work group that limits what a query reads', () => {
    expect(only(template, 'AWS::Athena::WorkGroup').Properties).toMatchObject({
      RecursiveDeleteOption: true,
      WorkGroupConfiguration: { BytesScannedCutoffPerQuery: 10_000_000_000, EnforceWorkGroupConfiguration: true },
    });
    const names = resources(template, 'AWS::Athena::NamedQuery').map(({ Properties }) => Properties['Name']);
    expect(names.sort()).toEqual(
      savedQueries()
        .filter(({ about }) => about === undefined)
        .map(({ name }) => name)
        .sort(),
    );
  });

  test('has the query about ads where there are ads', () => {
    const both = synth({
      analytics: true,
      ads: true,
      channels: [{ ...mainChannel, adMarkers: { manifests: 'daterange' } }],
    });
    const names = resources(both, 'AWS::Athena::NamedQuery').map(({ Properties }) => Properties['Name']);
    expect(names).toContain('ads');
  });

  test('has neither a table of requests nor queries about it without access logs', () => {
    const silent = synth({ analytics: true, edge: { accessLogs: 'off' } });
    expect(resources(silent, 'AWS::Glue::Table')).toHaveLength(1);
    const names = resources(silent, 'AWS::Athena::NamedQuery').map(({ Properties }) => Properties['Name']);
    expect(names).not.toContain('cache-by-pop');
    expect(names).not.toContain('stall-causes');
  });

  test('is deleted with the stack, or kept and named, as the description says', () => {
    const kept = synth({ analytics: { onDelete: 'retain', keepDays: 7 } });
    const bucket = (of: Template) =>
      resources(of, 'AWS::S3::Bucket').find(({ id }) => id.startsWith('AnalyticsBucket'));
    expect(bucket(template)?.DeletionPolicy).toBe('Delete');
    expect(template.Outputs['RetainedAfterDelete']?.Value).toBe('nothing');
    expect(bucket(kept)?.DeletionPolicy).toBe('Retain');
    expect(JSON.stringify(kept.Outputs['RetainedAfterDelete']?.Value)).toContain(bucket(kept)?.id);
    expect(bucket(kept)?.Properties['LifecycleConfiguration']).toMatchObject({
      Rules: [
        { Prefix: 'events/', ExpirationInDays: 7 },
        { Prefix: 'errors/', ExpirationInDays: 7 },
        { Prefix: 'results/', ExpirationInDays: 7 },
        {},
      ],
    });
  });

  test('is emptied only after everything that writes into it is gone', () => {
    const emptied = resources(template, 'Custom::BucketContent').find(({ id }) => /Audience/.test(id))?.id;
    for (const type of ['AWS::KinesisFirehose::DeliveryStream', 'AWS::Athena::WorkGroup']) {
      expect(only(template, type).DependsOn).toContain(emptied);
    }
  });
});
