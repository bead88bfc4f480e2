import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type ApiHandler, ApiServer, CognitoIdp, TestCloud } from 'small-cloud/testing';
import { awsViewers } from '../../../bin/live/aws-viewers';
import type { ViewerService } from '../../../bin/live/viewer-service';

const EMAIL = 'ana@example.com';

describe('Cognito at an endpoint', () => {
  let cloud: TestCloud;
  let cognito: CognitoIdp;
  let server: ApiServer;
  let viewers: ViewerService;
  let poolId: string;

  beforeEach(async () => {
    process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';
    cloud = new TestCloud();
    cognito = new CognitoIdp(cloud);
    const pool = await cloud.create(cognito, 'AWS::Cognito::UserPool', 'Viewers', { UsernameAttributes: ['email'] });
    poolId = pool.ref;
    for (const GroupName of ['stage', 'main']) {
      await cloud.create(cognito, 'AWS::Cognito::UserPoolGroup', GroupName, { UserPoolId: poolId, GroupName });
    }
    server = new ApiServer(cognito.api['cognito-idp'] as ApiHandler);
    viewers = awsViewers({ region: undefined, endpoint: await server.start() });
  });

  afterEach(async () => {
    await server.stop();
    await cognito.stop();
    cloud.remove();
  });

  test('adds, moves, lists and removes viewers', async () => {
    await viewers.add(poolId, { email: EMAIL, temporaryPassword: 'Temporary-1', invites: false });
    expect(cloud.told.join()).not.toContain('E-mail');
    expect(await viewers.groups(poolId)).toEqual(['main', 'stage']);
    await viewers.join(poolId, EMAIL, 'stage');
    await viewers.join(poolId, EMAIL, 'main');
    expect(await viewers.groupsOf(poolId, EMAIL)).toEqual(['main', 'stage']);
    await viewers.leave(poolId, EMAIL, 'stage');
    expect(await viewers.list(poolId)).toEqual([
      { email: EMAIL, status: 'FORCE_CHANGE_PASSWORD', groups: ['main'] },
      { email: 'main@example.com', status: 'CONFIRMED', groups: ['main'] },
      { email: 'stage@example.com', status: 'CONFIRMED', groups: ['stage'] },
      { email: 'viewer@example.com', status: 'CONFIRMED', groups: [] },
    ]);
    await viewers.setPassword(poolId, EMAIL, 'Permanent-1');
    expect((await viewers.list(poolId))[0]?.status).toBe('CONFIRMED');
    await viewers.remove(poolId, EMAIL);
    await expect(viewers.groupsOf(poolId, EMAIL)).rejects.toMatchObject({ name: 'UserNotFoundException' });
  });

  test('invites by e-mail', async () => {
    await viewers.add(poolId, { email: EMAIL, temporaryPassword: undefined, invites: true });
    expect(cloud.told.join()).toContain(`E-mail to ${EMAIL}`);
  });
});
