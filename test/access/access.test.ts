import { describe, expect, test } from '@jest/globals';
import { grants, inline, name } from '../stream/grants';
import { mainChannel, only, resources, stageChannel, synth } from '../stream/synth';
import { distribution, environment, mediaBehaviors, synthAccess, textOf } from './templates';

const template = synthAccess();
const behaviors = distribution(template).CacheBehaviors;

/** Types of CloudFront whose names an account has once, whatever the Region. */
const NAMED_ONCE = [
  'CachePolicy',
  'Function',
  'KeyValueStore',
  'OriginAccessControl',
  'OriginRequestPolicy',
  'ResponseHeadersPolicy',
].map((type) => `AWS::CloudFront::${type}`);

describe('the edge of a stack with viewer access', () => {
  test('names what an account has once by the id of the stack', () => {
    for (const type of NAMED_ONCE) {
      for (const { id, Properties } of resources(template, type)) {
        expect([id, JSON.stringify(nameIn(Properties))]).toEqual([id, expect.stringContaining('AWS::StackId')]);
      }
    }
  });

  test('routes the API first, then paths with a token, then clean ones', () => {
    expect(behaviors.map(({ PathPattern, TargetOriginId }) => [PathPattern, TargetOriginId])).toEqual([
      ['/api/*', 'sessions'],
      ['/s/*/out/v1/*.m3u8', 'media'],
      ['/s/*/out/v1/*.mpd', 'media'],
      ['/s/*/out/v1/*', 'media'],
      ['/out/v1/*.m3u8', 'media'],
      ['/out/v1/*.mpd', 'media'],
      ['/out/v1/*', 'media'],
    ]);
  });

  test('checks every request for media, clean paths as well, and none for the page', () => {
    const gate = { EventType: 'viewer-request', FunctionARN: { Ref: only(template, 'AWS::CloudFront::Function').id } };
    for (const { FunctionAssociations } of mediaBehaviors(template)) {
      expect(FunctionAssociations).toMatchObject([{ EventType: 'viewer-request' }]);
      expect(JSON.stringify(FunctionAssociations)).toContain(gate.FunctionARN.Ref);
    }
    expect(distribution(template).DefaultCacheBehavior.FunctionAssociations).toBeUndefined();
  });

  test('caches a path with a token as the clean one', () => {
    const media = mediaBehaviors(template).map(({ PathPattern, ...rest }) => rest);
    expect(media.slice(0, 3)).toEqual(media.slice(3));
  });

  test('lets pages of others read media, and asks the origin for nothing more', () => {
    for (const { ResponseHeadersPolicyId, OriginRequestPolicyId } of mediaBehaviors(template)) {
      expect(ResponseHeadersPolicyId).toEqual({ Ref: expect.stringMatching(/^EdgeThirdPartyPlayers/) });
      expect(OriginRequestPolicyId).toBeUndefined();
    }
  });

  test('keeps no answer of the API, and passes on what the function reads and no more', () => {
    const [api] = behaviors;
    // The managed policy CachingDisabled.
    expect(api?.CachePolicyId).toBe('4135ea2d-6df8-44a3-9df3-4b5a84be39ad');
    expect(api?.FunctionAssociations).toBeUndefined();
    expect(
      only(template, 'AWS::CloudFront::OriginRequestPolicy').Properties['OriginRequestPolicyConfig'],
    ).toMatchObject({
      CookiesConfig: { CookieBehavior: 'none' },
      HeadersConfig: {
        Headers: [
          'x-viewer-token',
          'x-viewer-link',
          'x-viewer-session',
          'User-Agent',
          'CloudFront-Viewer-Country',
          'CloudFront-Viewer-Address',
        ],
      },
      QueryStringsConfig: { QueryStrings: ['channel', 'takeover', 'native'] },
    });
  });
});

describe('the function URL of the sessions', () => {
  test('is for signed requests only, which the edge makes', () => {
    expect(only(template, 'AWS::Lambda::Url').Properties['AuthType']).toBe('AWS_IAM');
    const control = resources(template, 'AWS::CloudFront::OriginAccessControl').map(
      ({ Properties }) => Properties['OriginAccessControlConfig'],
    );
    expect(control).toContainEqual(
      expect.objectContaining({
        OriginAccessControlOriginType: 'lambda',
        SigningBehavior: 'always',
        SigningProtocol: 'sigv4',
      }),
    );
  });

  test('may be invoked by this distribution alone, with both permissions that AWS asks for', () => {
    const permissions = resources(template, 'AWS::Lambda::Permission').filter(({ Properties }) =>
      textOf(Properties['Principal']).startsWith('cloudfront'),
    );
    const edge = only(template, 'AWS::CloudFront::Distribution').id;
    expect(permissions.map(({ Properties }) => Properties['Action']).sort()).toEqual([
      'lambda:InvokeFunction',
      'lambda:InvokeFunctionUrl',
    ]);
    for (const { Properties } of permissions) {
      expect(name(Properties['FunctionName'])).toBe('<AccessSessionsFunctionFunctionUrl>');
      expect(JSON.stringify(Properties['SourceArn'])).toContain(`{"Ref":"${edge}"}`);
    }
  });
});

describe('the roles of viewer access', () => {
  const log = (id: string) => [`logs:CreateLogStream <${id}Log>`, `logs:PutLogEvents <${id}Log>`];
  const store = (calls: readonly string[]) => calls.map((call) => `cloudfront-keyvaluestore:${call} <AccessGateStore>`);
  const secrets = ['AccessKeySecret', 'AccessLinkSecret'].map((id) => `secretsmanager:GetSecretValue <${id}>`);

  test('let the sessions read the keys, write viewers and revocations, and send notices', () => {
    expect(grants(inline(template, /^AccessSessionsRole/))).toEqual(
      [
        ...log('AccessSessions'),
        ...store(['DescribeKeyValueStore', 'UpdateKeys']),
        'dynamodb:GetItem <AccessTable>',
        'dynamodb:PutItem <AccessTable>',
        ...secrets,
        'sns:Publish <Notices>',
      ].sort(),
    );
  });

  test('let the function of the keys write them, and read what it has to', () => {
    expect(grants(inline(template, /^AccessKeysRole/))).toEqual(
      [
        ...log('AccessKeys'),
        ...store(['DescribeKeyValueStore', 'UpdateKeys', 'ListKeys']),
        'dynamodb:GetItem <AccessTable>',
        'dynamodb:PutItem <AccessTable>',
        'dynamodb:Scan <AccessTable>',
        ...secrets,
        'secretsmanager:PutSecretValue <AccessKeySecret>',
      ].sort(),
    );
  });

  test('let the schedules invoke the function of the keys alone', () => {
    expect(grants(inline(template, /^AccessKeysSchedulerRole/))).toEqual([
      'lambda:InvokeFunction <AccessKeysFunction>',
    ]);
  });
});

describe('the keys', () => {
  test('are in the store that the gate reads, which is empty in the template', () => {
    const store = only(template, 'AWS::CloudFront::KeyValueStore');
    expect(store.Properties).not.toHaveProperty('ImportSource');
    expect(only(template, 'AWS::CloudFront::Function').Properties['FunctionConfig']).toMatchObject({
      Runtime: 'cloudfront-js-2.0',
      KeyValueStoreAssociations: [{ KeyValueStoreARN: { 'Fn::GetAtt': [store.id, 'Arn'] } }],
    });
  });

  test('are rotated every week, and revocations swept every day', () => {
    const schedules = resources(template, 'AWS::Scheduler::Schedule').filter(({ id }) => id.startsWith('Access'));
    expect(
      schedules.map(({ Properties }) => [
        Properties['ScheduleExpression'],
        (Properties['Target'] as { readonly Input: string }).Input,
      ]),
    ).toEqual([
      ['rate(7 days)', '{"task":"rotate"}'],
      ['rate(1 day)', '{"task":"sweep"}'],
    ]);
  });

  test('are nowhere in the template: it has only what Secrets Manager shall make', () => {
    for (const { Properties } of resources(template, 'AWS::SecretsManager::Secret')) {
      expect(Properties).not.toHaveProperty('SecretString');
      expect(Properties['GenerateSecretString']).toMatchObject({
        SecretStringTemplate: '{}',
        ExcludePunctuation: true,
      });
    }
    expect(JSON.stringify(template)).not.toContain('resolve:secretsmanager');
    const own = Object.entries(template.Resources).filter(([id]) => id.startsWith('Access'));
    // Hashes of assets and names of types are the only long words.
    const words = JSON.stringify(own).match(/[A-Za-z0-9+/_-]{32,}/g) ?? [];
    const known = /^([0-9a-f]{64}|Access[A-Za-z0-9]+|(AWS|Custom)[A-Za-z:]+|[a-z0-9-]+\/.*|AwsSolutions.*)$/;
    expect(words.filter((word) => !known.test(word))).toEqual([]);
  });

  test('are of 64 characters where a platform signs links', () => {
    const links = resources(template, 'AWS::SecretsManager::Secret').find(({ id }) =>
      id.startsWith('AccessLinkSecret'),
    );
    expect(links?.Properties['GenerateSecretString']).toMatchObject({ GenerateStringKey: 'key', PasswordLength: 64 });
  });
});

describe('the sign-in with Cognito', () => {
  test('is a pool to which only an operator adds viewers, with a client that has no secret', () => {
    expect(only(template, 'AWS::Cognito::UserPool').Properties['AdminCreateUserConfig']).toEqual({
      AllowAdminCreateUserOnly: true,
    });
    const { Properties } = only(template, 'AWS::Cognito::UserPoolClient');
    expect(Properties).toMatchObject({
      GenerateSecret: false,
      AllowedOAuthFlows: ['code'],
      AccessTokenValidity: 10,
      RefreshTokenValidity: 12,
    });
    const page = 'https://<EdgeDistribution>/';
    expect((Properties['CallbackURLs'] as readonly unknown[]).map(name)).toEqual([page]);
    expect((Properties['LogoutURLs'] as readonly unknown[]).map(name)).toEqual([page]);
  });

  test('has a page of its own kind, because managed login without a branding answers 403', () => {
    const client = only(template, 'AWS::Cognito::UserPoolClient').id;
    expect(only(template, 'AWS::Cognito::ManagedLoginBranding').Properties['ClientId']).toEqual({ Ref: client });
    expect(only(template, 'AWS::Cognito::UserPoolDomain').Properties['ManagedLoginVersion']).toBe(2);
  });

  test('is told to the page, and to the function', () => {
    const page = JSON.stringify(template.Resources);
    expect(page).toContain('/oauth2/authorize');
    const rules = textOf(environment(template, 'AccessSessionsFunction')['RULES']);
    expect(JSON.parse(rules)).toMatchObject({
      channels: { main: {}, gold: { groups: ['gold'] } },
      tokenMinutes: 10,
      sessionHours: 12,
      maxSessions: 2,
      whenFull: 'ask',
      signIn: { kind: 'cognito' },
    });
    expect(JSON.parse(rules).channels).not.toHaveProperty('free');
  });
});

describe('a stack without viewer access', () => {
  test('has no trace of it', () => {
    const without = synth({ channels: [mainChannel, stageChannel] });
    expect(JSON.stringify(without)).not.toMatch(
      /Access(Gate|Keys|Sessions|Viewers)|KeyValueStore|Cognito|CloudFront::Function|Lambda::Url|DynamoDB|"\/s\/|"\/api\//,
    );
  });
});

/** Finds the name of a resource of CloudFront, which may be in its only part. */
function nameIn(properties: Readonly<Record<string, unknown>>): unknown {
  const [part] = Object.values(properties).filter((value) => Object(value).Name !== undefined);
  return properties['Name'] ?? Object(part).Name;
}
