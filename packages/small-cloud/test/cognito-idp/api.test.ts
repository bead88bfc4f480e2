import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminDeleteUserCommand,
  AdminGetUserCommand,
  AdminListGroupsForUserCommand,
  AdminRemoveUserFromGroupCommand,
  AdminSetUserPasswordCommand,
  AdminUserGlobalSignOutCommand,
  CognitoIdentityProviderClient,
  DescribeUserPoolCommand,
  ListGroupsCommand,
  ListUsersCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type ApiHandler, UnsupportedError } from '../../src/contract';
import { ApiServer } from '../s3/api-server';
import { claimsOf, TestSignIn } from './test-sign-in';

let signIn: TestSignIn;
let server: ApiServer;
let client: CognitoIdentityProviderClient;
/** Sentences about what is not modelled. */
let unmodelled: string[];

beforeEach(async () => {
  signIn = await new TestSignIn().start();
  unmodelled = [];
  server = new ApiServer(answering(signIn.service.api['cognito-idp'] as ApiHandler));
  client = new CognitoIdentityProviderClient({
    region: 'eu-west-1',
    endpoint: await server.start(),
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    maxAttempts: 1,
  });
});

afterEach(async () => {
  client.destroy();
  await server.stop();
  await signIn.stop();
});

const Username = 'new@example.com';
const pool = () => ({ UserPoolId: signIn.poolId });
const one = () => ({ ...pool(), Username });
const create = (rest = {}) =>
  client.send(new AdminCreateUserCommand({ ...one(), TemporaryPassword: 'Temporary-1', ...rest }));

describe('the API of user pools', () => {
  test('adds a user, who chooses a password at the first sign-in', async () => {
    const { User } = await create({ UserAttributes: [{ Name: 'email', Value: Username }], MessageAction: 'SUPPRESS' });
    expect(User).toMatchObject({ UserStatus: 'FORCE_CHANGE_PASSWORD', Enabled: true });
    expect(User?.Username).toMatch(/^[\da-f-]{36}$/);
    expect(User?.UserCreateDate).toBeInstanceOf(Date);
    expect(signIn.cloud.told.join()).not.toContain('Temporary-1');

    const page = (await signIn.login(Username, 'Temporary-1')).body.toString();
    const [, session = ''] = /name="session" value="([^"]+)"/.exec(page) ?? [];
    const choose = (new_password: string) => signIn.post(`/login?${signIn.query()}`, { session, new_password });
    expect((await choose('short')).body.toString()).toContain('Password not long enough');
    expect((await choose('Permanent-1')).headers.location).toContain('?code=');
    expect((await choose('Permanent-2')).body.toString()).toContain('Your session has expired');
    expect((await signIn.login(Username, 'Permanent-1')).status).toBe(302);
    const { UserStatus, UserAttributes } = await client.send(new AdminGetUserCommand(one()));
    expect(UserStatus).toBe('CONFIRMED');
    expect(UserAttributes).toContainEqual({ Name: 'email_verified', Value: 'true' });
  });

  test('writes the invitation to the log of the run, and refuses a temporary password after a week', async () => {
    await create({ TemporaryPassword: undefined, DesiredDeliveryMediums: ['EMAIL'] });
    const [, password = ''] =
      /E-mail to new@example.com: .* temporary password is (\S+)$/m.exec(signIn.cloud.told.join('\n')) ?? [];
    signIn.later = 7 * 86_400_000 - 1000;
    expect((await signIn.login(Username, password)).body.toString()).toContain('Choose a new password');
    signIn.later = 7 * 86_400_000 + 1000;
    expect((await signIn.login(Username, password)).body.toString()).toContain('Temporary password has expired');
  });

  test('sets a permanent password', async () => {
    await create();
    const set = (Password: string) =>
      client.send(new AdminSetUserPasswordCommand({ ...one(), Password, Permanent: true }));
    await expect(set('weak')).rejects.toMatchObject({ name: 'InvalidPasswordException' });
    await set('Permanent-1');
    expect((await signIn.login(Username, 'Permanent-1')).headers.location).toContain('?code=');
  });

  test('puts users into groups, which the next token shows', async () => {
    await create();
    await client.send(new AdminSetUserPasswordCommand({ ...one(), Password: 'Local-viewer-1', Permanent: true }));
    const { refresh_token = '' } = await signIn.tokens(Username);
    const groups = async () => {
      const { access_token } = await signIn.token({ grant_type: 'refresh_token', refresh_token });
      return claimsOf(access_token)['cognito:groups'];
    };
    expect(await groups()).toBeUndefined();
    await client.send(new AdminAddUserToGroupCommand({ ...one(), GroupName: 'main' }));
    expect(await groups()).toEqual(['main']);
    const { Groups } = await client.send(new AdminListGroupsForUserCommand(one()));
    expect(Groups).toMatchObject([{ GroupName: 'main', UserPoolId: signIn.poolId }]);
    await client.send(new AdminRemoveUserFromGroupCommand({ ...one(), GroupName: 'main' }));
    expect(await groups()).toBeUndefined();
    await expect(client.send(new AdminAddUserToGroupCommand({ ...one(), GroupName: 'none' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  test('ends the tokens of a user who signs out everywhere, and of one who is deleted', async () => {
    await create();
    await client.send(new AdminSetUserPasswordCommand({ ...one(), Password: 'Local-viewer-1', Permanent: true }));
    const renew = async (refresh_token = '') =>
      (await signIn.token({ grant_type: 'refresh_token', refresh_token })).status;
    const first = await signIn.tokens(Username);
    expect(await renew(first.refresh_token)).toBe(200);
    await client.send(new AdminUserGlobalSignOutCommand(one()));
    expect(await renew(first.refresh_token)).toBe(400);
    const second = await signIn.tokens(Username);
    await client.send(new AdminDeleteUserCommand(one()));
    expect(await renew(second.refresh_token)).toBe(400);
    await expect(client.send(new AdminGetUserCommand(one()))).rejects.toMatchObject({ name: 'UserNotFoundException' });
  });

  test('lists users page by page, and those that a filter finds', async () => {
    const first = await client.send(new ListUsersCommand({ ...pool(), Limit: 1 }));
    const rest = await client.send(new ListUsersCommand({ ...pool(), PaginationToken: first.PaginationToken }));
    expect([first.Users?.length, rest.Users?.length, rest.PaginationToken]).toEqual([1, 1, undefined]);
    const { Users } = await client.send(new ListUsersCommand({ ...pool(), Filter: 'email ^= "main@"' }));
    expect(Users?.map(({ Attributes }) => Attributes?.find(({ Name }) => Name === 'email')?.Value)).toEqual([
      'main@example.com',
    ]);
    const { Groups } = await client.send(new ListGroupsCommand(pool()));
    expect(Groups?.map(({ GroupName }) => GroupName)).toEqual(['main']);
  });

  test.each([
    ['a user twice', () => create({ Username: 'viewer@example.com' }), 'UsernameExistsException'],
    ['a name that is no e-mail address', () => create({ Username: 'viewer' }), 'InvalidParameterException'],
    ['a weak password', () => create({ TemporaryPassword: 'weak' }), 'InvalidPasswordException'],
    [
      'a pool that does not exist',
      () => client.send(new ListUsersCommand({ UserPoolId: 'eu-west-1_none' })),
      'ResourceNotFoundException',
    ],
  ])('refuses %s', async (_, call, name) => {
    await expect(call()).rejects.toMatchObject({ name });
  });

  test('names what it does not model', async () => {
    await expect(client.send(new DescribeUserPoolCommand(pool()))).rejects.toMatchObject({ name: 'NotImplemented' });
    await expect(create({ MessageAction: 'RESEND' })).rejects.toMatchObject({ name: 'NotImplemented' });
    expect(unmodelled.join()).toMatch(/Cognito DescribeUserPool is not modelled.*MessageAction: RESEND/);
  });

  test('asks IAM for each action on the ARN of the pool', async () => {
    const arn = `arn:aws:cognito-idp:eu-west-1:111122223333:userpool/${signIn.poolId}`;
    server.roleArn = await signIn.cloud.role('Operator', ['cognito-idp:AdminGetUser', arn]);
    const Username = 'main@example.com';
    await client.send(new AdminGetUserCommand({ ...pool(), Username }));
    await expect(client.send(new AdminDeleteUserCommand({ ...pool(), Username }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining(`cognito-idp:AdminDeleteUser on resource: ${arn}`),
    });
  });
});

/** Answers as the small cloud does for what is not modelled. */
function answering(handler: ApiHandler): ApiHandler {
  return async (request) => {
    try {
      return await handler(request);
    } catch (error) {
      if (!(error instanceof UnsupportedError)) throw error;
      unmodelled.push(error.message);
      const headers = { 'content-type': 'application/json', 'x-amzn-errortype': 'NotImplemented' };
      return { status: 501, headers, body: JSON.stringify({ __type: 'NotImplemented', message: error.message }) };
    }
  };
}
