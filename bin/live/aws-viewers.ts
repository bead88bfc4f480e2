import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminDeleteUserCommand,
  AdminRemoveUserFromGroupCommand,
  AdminSetUserPasswordCommand,
  AdminUserGlobalSignOutCommand,
  CognitoIdentityProviderClient,
  type GroupType,
  paginateAdminListGroupsForUser,
  paginateListGroups,
  paginateListUsers,
} from '@aws-sdk/client-cognito-identity-provider';
import { clientSettings, type Place } from './aws-service';
import type { NewViewer, Viewer, ViewerService } from './viewer-service';

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
