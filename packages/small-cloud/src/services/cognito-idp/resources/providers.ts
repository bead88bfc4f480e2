import { randomUUID } from 'node:crypto';
import type { Cloud, ResourceProvider, ResourceRequest, ResourceState } from '../../../contract';
import { AwsError } from '../../kit/aws-error';
import { reseedPasswords, seededLine, seedViewer } from '../pool/seeded-viewers';
import type { UserPool } from '../pool/user-pool';
import { clientId, theClient, type UserPools } from '../pool/user-pools';
import { brandingSettings } from './managed-login-branding';
import { refuseFixedChange, userPoolSettings } from './user-pool';
import { clientSettings } from './user-pool-client';
import { domainSettings, refuseManagedLogin } from './user-pool-domain';
import { groupSettings } from './user-pool-group';

/** The parts of the service that its resources change. */
export interface ProviderSubject {
  readonly cloud: Pick<Cloud, 'clock' | 'tell'>;
  readonly pools: UserPools;
  /** Makes the pages of a domain reachable by its host name. */
  publish(host: string): Promise<void>;
  /** Ends that. */
  withdraw(host: string): void;
}

/** Makes the providers of the resource types. */
export function cognitoProviders(subject: ProviderSubject): Readonly<Record<string, ResourceProvider>> {
  return {
    'AWS::Cognito::UserPool': userPools(subject),
    'AWS::Cognito::UserPoolClient': clients(subject),
    'AWS::Cognito::UserPoolDomain': domains(subject),
    'AWS::Cognito::UserPoolGroup': groups(subject),
    'AWS::Cognito::ManagedLoginBranding': brandings(subject),
  };
}

function userPools({ cloud, pools }: ProviderSubject): ResourceProvider {
  return {
    create: async (request) => {
      const pool = await pools.create(userPoolSettings(request));
      seedViewer(pool, cloud.clock.now());
      return poolState(pool);
    },
    update: async (state, request, previous) => {
      refuseFixedChange(request.properties, previous);
      const settings = userPoolSettings(request);
      const pool = pools.get(state.physicalId);
      refuseManagedLogin(settings.tier, pool.domain?.version ?? 1);
      pool.settings = settings;
      reseedPasswords(pool);
      return state;
    },
    delete: async ({ physicalId }) => pools.delete(physicalId),
  };
}

function poolState({ id, arn, issuer }: UserPool): ResourceState {
  const ProviderName = issuer.replace('https://', '');
  return { physicalId: id, ref: id, attributes: { Arn: arn, UserPoolId: id, ProviderName, ProviderURL: issuer } };
}

function clients({ pools }: ProviderSubject): ResourceProvider {
  return {
    replacedBy: ['UserPoolId', 'GenerateSecret'],
    create: async (request) => {
      const { poolId, settings } = clientSettings(request);
      const client = { id: clientId(), settings };
      pools.get(poolId).clients.set(client.id, client);
      const attributes = { ClientId: client.id, Name: settings.name ?? '' };
      return { physicalId: client.id, ref: client.id, attributes };
    },
    update: async (state, request) => {
      const { poolId, settings } = clientSettings(request);
      theClient(pools.get(poolId), state.physicalId).settings = settings;
      return state;
    },
    delete: async ({ physicalId }, request) => void poolOf(pools, request)?.clients.delete(physicalId),
  };
}

function domains({ cloud, pools, publish, withdraw }: ProviderSubject): ResourceProvider {
  return {
    replacedBy: ['UserPoolId', 'Domain'],
    create: async (request) => {
      const { poolId, prefix, version } = domainSettings(request);
      const pool = pools.get(poolId);
      const host = pools.domainHost(prefix);
      refuseManagedLogin(pool.settings.tier, version);
      if (pools.ofHost(host) !== undefined) throw refused('Domain already associated with another user pool.');
      if (pool.domain !== undefined) throw refused(`The user pool already has the domain ${pool.domain.prefix}.`);
      pool.domain = { prefix, host, version };
      await publish(host);
      cloud.tell('sign-in', `Viewers of this run: ${seededLine(pool)}.`);
      return { physicalId: prefix, ref: prefix, attributes: {} };
    },
    update: async (state, request) => {
      const { poolId, version } = domainSettings(request);
      const { domain, settings } = pools.get(poolId);
      refuseManagedLogin(settings.tier, version);
      if (domain !== undefined) domain.version = version;
      return state;
    },
    delete: async ({ physicalId }, request) => {
      const pool = poolOf(pools, request);
      if (pool?.domain?.prefix !== physicalId) return;
      withdraw(pool.domain.host);
      pool.domain = undefined;
    },
  };
}

function groups({ cloud, pools }: ProviderSubject): ResourceProvider {
  return {
    replacedBy: ['UserPoolId', 'GroupName'],
    create: async (request) => {
      const { poolId, ...group } = groupSettings(request);
      const pool = pools.get(poolId);
      const now = cloud.clock.now();
      if (pool.groups.has(group.name)) {
        throw new AwsError('GroupExistsException', 'A group with the name already exists.');
      }
      pool.groups.set(group.name, { ...group, createdAt: now, modifiedAt: now });
      seedViewer(pool, now, group.name);
      return { physicalId: group.name, ref: group.name, attributes: {} };
    },
    update: async (state, request) => {
      // A group without a name of its own keeps the generated one.
      const { poolId, description, precedence } = groupSettings(request);
      const group = pools.get(poolId).groups.get(state.physicalId);
      if (group !== undefined) Object.assign(group, { description, precedence, modifiedAt: cloud.clock.now() });
      return state;
    },
    delete: async ({ physicalId }, request) => {
      const pool = poolOf(pools, request);
      pool?.groups.delete(physicalId);
      for (const user of pool?.users.values() ?? []) user.groups.delete(physicalId);
    },
  };
}

function brandings({ pools }: ProviderSubject): ResourceProvider {
  return {
    replacedBy: ['UserPoolId', 'ClientId'],
    create: async (request) => {
      const { poolId, clientId: branded } = brandingSettings(request);
      const pool = pools.get(poolId);
      theClient(pool, branded);
      refuseManagedLogin(pool.settings.tier, 2);
      if (pool.brandings.has(branded)) {
        throw new AwsError('ManagedLoginBrandingExistsException', 'The app client already has a branding style.');
      }
      const id = randomUUID();
      pool.brandings.set(branded, id);
      const physicalId = `${poolId}|${id}`;
      return { physicalId, ref: physicalId, attributes: { ManagedLoginBrandingId: id } };
    },
    update: async (state, request) => {
      brandingSettings(request);
      return state;
    },
    delete: async ({ physicalId }, request) => {
      const pool = poolOf(pools, request);
      for (const [branded, id] of pool?.brandings ?? []) {
        if (physicalId.endsWith(`|${id}`)) pool?.brandings.delete(branded);
      }
    },
  };
}

/** The pool that a resource belongs to; undefined when it is gone. */
function poolOf(pools: UserPools, { properties }: ResourceRequest): UserPool | undefined {
  return pools.find(String(properties['UserPoolId']));
}

function refused(sentence: string): AwsError {
  return new AwsError('InvalidParameterException', sentence);
}
