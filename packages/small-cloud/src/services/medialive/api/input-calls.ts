import { ServiceError } from '../contract/service-error';
import { type ApiSubject, type Asked, type Call, onlyKeys, target, textMap } from './call';
import { page } from './page';
import { groupShape, inputShape } from './shapes';

const inputTarget = ({ inputs }: ApiSubject, { id }: Asked) => target(inputs, id);
const groupTarget = ({ groups }: ApiSubject, { id }: Asked) => target(groups, id);
const GROUP = /^\/prod\/inputSecurityGroups\/([^/]+)$/;

/** The calls about inputs and input security groups. */
export const INPUT_CALLS: readonly Call[] = [
  {
    action: 'DescribeInput',
    method: 'GET',
    path: /^\/prod\/inputs\/([^/]+)$/,
    targets: inputTarget,
    answer: ({ inputs }, { id }) => inputShape(inputs.described(id)),
  },
  {
    action: 'ListInputs',
    method: 'GET',
    path: /^\/prod\/inputs$/,
    targets: () => [],
    answer: ({ inputs }, { query }) => page('inputs', inputs.listed().map(inputShape), query),
  },
  {
    action: 'DeleteInput',
    method: 'DELETE',
    path: /^\/prod\/inputs\/([^/]+)$/,
    targets: inputTarget,
    answer: ({ inputEditing }, { id }) => begun(inputEditing.remove(id)),
  },
  {
    action: 'DescribeInputSecurityGroup',
    method: 'GET',
    path: GROUP,
    targets: groupTarget,
    answer: ({ groups }, { id }) => groupShape(groups.described(id)),
  },
  {
    action: 'ListInputSecurityGroups',
    method: 'GET',
    path: /^\/prod\/inputSecurityGroups$/,
    targets: () => [],
    answer: ({ groups }, { query }) => page('inputSecurityGroups', groups.listed().map(groupShape), query),
  },
  {
    action: 'UpdateInputSecurityGroup',
    method: 'PUT',
    path: GROUP,
    targets: groupTarget,
    answer: async ({ groups, groupEditing }, asked) => {
      const group = groups.get(asked.id);
      const body = asked.body();
      onlyKeys(body, 'whitelistRules', 'tags');
      const cidrs = body['whitelistRules'] === undefined ? group.cidrs : cidrsOf(body['whitelistRules']);
      const tags = body['tags'] === undefined ? group.tags : textMap(body, 'tags');
      await begun(groupEditing.edit(group, cidrs, tags));
      return { securityGroup: groupShape(group) };
    },
  },
  {
    action: 'DeleteInputSecurityGroup',
    method: 'DELETE',
    path: GROUP,
    targets: groupTarget,
    answer: ({ groupEditing }, { id }) => {
      groupEditing.remove(id);
      return {};
    },
  },
];

/** Waits only for a refusal, not for the end of the work. */
async function begun(work: Promise<void>): Promise<Readonly<Record<string, never>>> {
  work.catch(() => {});
  await Promise.race([work, Promise.resolve()]);
  return {};
}

function cidrsOf(rules: unknown): readonly string[] {
  if (!Array.isArray(rules)) throw new ServiceError('BadRequestException', 'whitelistRules: a list is needed');
  return rules.map((rule: unknown) => {
    const cidr = typeof rule === 'object' && rule !== null && 'cidr' in rule ? rule.cidr : undefined;
    if (typeof cidr === 'string') return cidr;
    throw new ServiceError('BadRequestException', 'whitelistRules: each needs a cidr');
  });
}
