import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminDeleteUserCommand,
  AdminGetUserCommand,
  AdminRemoveUserFromGroupCommand,
  AdminSetUserPasswordCommand,
  AdminUserGlobalSignOutCommand,
  CognitoIdentityProviderClient,
  type GroupType,
  paginateAdminListGroupsForUser,
  paginateListGroups,
  paginateListUsers,
  UserNotFoundException,
} from '@aws-sdk/client-cognito-identity-provider';
import { clientSettings, type Place } from './aws-service';
import type { NewViewer, Viewer, ViewerNames, ViewerService } from './viewer-service';

/** Makes the service that calls Cognito. */
export function awsViewers(place: Place): ViewerService {
  const client = new CognitoIdentityProviderClient(clientSettings(place));
  return {
    add: (UserPoolId, viewer) => add(client, UserPoolId, viewer),
    async setPassword(UserPoolId, Username, Password) {
      await client.send(new AdminSetUserPasswordCommand({ UserPoolId, Username, Password, Permanent: true }));
    },
    async remove(UserPoolId, Username) {
      await client.send(new AdminUserGlobalSignOutCommand({ UserPoolId, Username }));
      await client.send(new AdminDeleteUserCommand({ UserPoolId, Username }));
    },
    async join(UserPoolId, Username, GroupName) {
      await client.send(new AdminAddUserToGroupCommand({ UserPoolId, Username, GroupName }));
    },
    async leave(UserPoolId, Username, GroupName) {
      await client.send(new AdminRemoveUserFromGroupCommand({ UserPoolId, Username, GroupName }));
    },
    groupsOf: (UserPoolId, Username) => groupsOf(client, UserPoolId, Username),
    groups: (UserPoolId) => names(paginateListGroups({ client }, { UserPoolId })),
    find: (UserPoolId, name) => find(client, UserPoolId, name),
    list: (UserPoolId) => list(client, UserPoolId),
  };
}

async function add(
  client: CognitoIdentityProviderClient,
  UserPoolId: string,
  { email, temporaryPassword, invites }: NewViewer,
): Promise<void> {
  await client.send(
    new AdminCreateUserCommand({
      UserPoolId,
      Username: email,
      UserAttributes: [
        { Name: 'email', Value: email },
        { Name: 'email_verified', Value: 'true' },
      ],
      TemporaryPassword: temporaryPassword,
      MessageAction: invites ? undefined : 'SUPPRESS',
      DesiredDeliveryMediums: invites ? ['EMAIL'] : undefined,
    }),
  );
}

async function find(
  client: CognitoIdentityProviderClient,
  UserPoolId: string,
  name: string,
): Promise<ViewerNames | undefined> {
  try {
    const command = new AdminGetUserCommand({ UserPoolId, Username: name });
    const { Username: username = name, UserAttributes = [] } = await client.send(command);
    return { username, email: UserAttributes.find(({ Name }) => Name === 'email')?.Value ?? username };
  } catch (error) {
    if (error instanceof UserNotFoundException) return undefined;
    throw error;
  }
}

/** Lists all viewers. Cognito tells the groups of one viewer in each call. */
async function list(client: CognitoIdentityProviderClient, UserPoolId: string): Promise<readonly Viewer[]> {
  const found: Viewer[] = [];
  for await (const { Users = [] } of paginateListUsers({ client }, { UserPoolId })) {
    for (const { Username = '', Attributes = [], UserStatus = 'UNKNOWN' } of Users) {
      const email = Attributes.find(({ Name }) => Name === 'email')?.Value ?? Username;
      found.push({ email, status: UserStatus, groups: await groupsOf(client, UserPoolId, Username) });
    }
  }
  return found.sort((one, other) => one.email.localeCompare(other.email));
}

function groupsOf(client: CognitoIdentityProviderClient, UserPoolId: string, Username: string) {
  return names(paginateAdminListGroupsForUser({ client }, { UserPoolId, Username }));
}

async function names(pages: AsyncIterable<{ readonly Groups?: GroupType[] | undefined }>): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const { Groups = [] } of pages) found.push(...Groups.map(({ GroupName = '' }) => GroupName));
  return found.sort();
}
