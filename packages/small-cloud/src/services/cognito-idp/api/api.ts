import type { ApiHandler } from '../../../contract';
import { jsonHandler } from '../../kit/json-protocol';
import { type ApiSubject, type PoolCall, poolOperation } from './call';
import { adminAddUserToGroup, adminListGroupsForUser, adminRemoveUserFromGroup, listGroups } from './group-calls';
import {
  adminCreateUser,
  adminDeleteUser,
  adminGetUser,
  adminSetUserPassword,
  adminUserGlobalSignOut,
  listUsers,
} from './user-calls';

/**
 * The API of Cognito user pools, as far as an operator of viewers needs it.
 *
 * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/Welcome.html
 */
export function cognitoApi(subject: ApiSubject): ApiHandler {
  const on = (action: string, perform: (call: PoolCall) => ReturnType<typeof listUsers>) =>
    poolOperation(subject, action, perform);
  return jsonHandler({
    name: 'Cognito',
    target: 'AWSCognitoIdentityProviderService',
    operations: {
      AdminCreateUser: on('cognito-idp:AdminCreateUser', adminCreateUser),
      AdminSetUserPassword: on('cognito-idp:AdminSetUserPassword', adminSetUserPassword),
      AdminGetUser: on('cognito-idp:AdminGetUser', adminGetUser),
      AdminDeleteUser: on('cognito-idp:AdminDeleteUser', adminDeleteUser),
      AdminAddUserToGroup: on('cognito-idp:AdminAddUserToGroup', adminAddUserToGroup),
      AdminRemoveUserFromGroup: on('cognito-idp:AdminRemoveUserFromGroup', adminRemoveUserFromGroup),
      AdminListGroupsForUser: on('cognito-idp:AdminListGroupsForUser', adminListGroupsForUser),
      AdminUserGlobalSignOut: on('cognito-idp:AdminUserGlobalSignOut', adminUserGlobalSignOut),
      ListUsers: on('cognito-idp:ListUsers', listUsers),
      ListGroups: on('cognito-idp:ListGroups', listGroups),
    },
  });
}
