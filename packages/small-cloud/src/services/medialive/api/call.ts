import type { Access, AccessRequest, ApiRequest } from '../../../contract';
import { ServiceError } from '../contract/service-error';
import type { Channel } from '../control/channel';
import type { Input } from '../control/input';
import type { InputSecurityGroup, InputSecurityGroups } from '../control/input-security-groups';
import type { Inputs } from '../control/inputs';
import type { Lifecycle } from '../control/lifecycle';
import type { Registry } from '../control/registry';
import type { Tags } from '../control/tags';
import type { Unforgiving } from '../control/unforgiving';
import type { Schedules } from '../schedule/schedules';

/** Resources that the API shows and changes. */
export interface ApiSubject {
  readonly access: Pick<Access, 'roleAllows'>;
  readonly unforgiving: Unforgiving;
  readonly channels: Registry<Channel>;
  readonly inputs: Registry<Input>;
  readonly groups: Registry<InputSecurityGroup>;
  readonly lifecycle: Pick<Lifecycle, 'start' | 'stop' | 'restart' | 'delete'>;
  readonly schedules: Pick<Schedules, 'now' | 'list' | 'update' | 'clear'>;
  readonly inputEditing: Pick<Inputs, 'remove'>;
  readonly groupEditing: Pick<InputSecurityGroups, 'edit' | 'remove'>;
}

/** A request that a call has matched. */
export interface Asked {
  /** An id or an ARN from the path. */
  readonly id: string;
  readonly query: URLSearchParams;
  /** The body, read as JSON; an empty object without one. */
  body(): Readonly<Record<string, unknown>>;
}

/** Resource of a call, for IAM. */
export interface Target {
  readonly arn: string;
  /** Tags of the resource; none when there is no such resource. */
  readonly tags: Tags;
}

/** One call of the API. */
export interface Call {
  /** `DescribeChannel`. */
  readonly action: string;
  readonly method: string;
  /** Its only group is {@link Asked.id}. */
  readonly path: RegExp;
  /** @default 200 */
  readonly status?: number;
  /** Lists every resource that must be allowed; none for a call that concerns no particular resource. */
  targets(subject: ApiSubject, asked: Asked): readonly Target[];
  /** Returns further condition keys, such as `aws:RequestTag/stage`. */
  context?(asked: Asked): NonNullable<AccessRequest['context']>;
  answer(subject: ApiSubject, asked: Asked): unknown;
}

/** Describes one resource of a registry to IAM. */
export function target(
  registry: Pick<Registry<{ readonly tags: Tags }>, 'arn' | 'find'>,
  id: string,
): readonly Target[] {
  return [{ arn: registry.arn(id), tags: registry.find(id)?.tags ?? {} }];
}

/** Reads an API request. */
export function asked(id: string, { query, body }: Pick<ApiRequest, 'query' | 'body'>): Asked {
  return {
    id,
    query,
    body: () => {
      const text = body.toString('utf8');
      if (text.trim() === '') return {};
      try {
        const value: unknown = JSON.parse(text);
        if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
      } catch {}
      throw new ServiceError('BadRequestException', 'the body of the request is not a JSON object');
    },
  };
}

/**
 * Reads a list of strings in a body; empty when it is left out. @throws ServiceError (BadRequestException) for anything
 * else.
 */
export function texts(body: Readonly<Record<string, unknown>>, key: string): readonly string[] {
  const list = body[key] ?? [];
  if (Array.isArray(list) && list.every((item) => typeof item === 'string')) return list;
  throw new ServiceError('BadRequestException', `${key}: a list of strings is needed`);
}

/** Reads a map of strings in a body. @throws ServiceError (BadRequestException) for anything else. */
export function textMap(body: Readonly<Record<string, unknown>>, key: string): Readonly<Record<string, string>> {
  const map = body[key] ?? {};
  if (typeof map === 'object' && map !== null && !Array.isArray(map)) {
    const entries = Object.entries(map);
    const isText = (entry: [string, unknown]): entry is [string, string] => typeof entry[1] === 'string';
    if (entries.every(isText)) return Object.fromEntries(entries);
  }
  throw new ServiceError('BadRequestException', `${key}: a map of strings is needed`);
}

/** Refuses unknown keys of a body. @throws ServiceError (NotImplementedException) that names the first one. */
export function onlyKeys(body: Readonly<Record<string, unknown>>, ...known: readonly string[]): void {
  const other = Object.keys(body).find((key) => !known.includes(key));
  if (other === undefined) return;
  throw new ServiceError('NotImplementedException', `${other} is not modelled by the local MediaLive`);
}
