import { ServiceError } from '../contract/service-error';
import { type Tags, withoutTags, withTags } from '../control/tags';
import { type ApiSubject, type Asked, type Call, onlyKeys, type Target, textMap } from './call';

const PATH = /^\/prod\/tags\/(.+)$/;

/** The calls about tags; {@link Asked.id} is an ARN. */
export const TAG_CALLS: readonly Call[] = [
  {
    action: 'CreateTags',
    method: 'POST',
    path: PATH,
    status: 204,
    targets: targetOf,
    context: (asked) => ({
      ...Object.fromEntries(Object.entries(tagsIn(asked)).map(([key, value]) => [`aws:RequestTag/${key}`, value])),
      'aws:TagKeys': Object.keys(tagsIn(asked)),
    }),
    answer: (subject, asked) => {
      const thing = tagged(subject, asked.id);
      thing.tags = withTags(thing.tags, tagsIn(asked));
    },
  },
  {
    action: 'DeleteTags',
    method: 'DELETE',
    path: PATH,
    status: 204,
    targets: targetOf,
    context: ({ query }) => ({ 'aws:TagKeys': query.getAll('tagKeys') }),
    answer: (subject, { id, query }) => {
      const keys = query.getAll('tagKeys');
      if (keys.length === 0) throw new ServiceError('BadRequestException', 'tagKeys: at least one is needed');
      const thing = tagged(subject, id);
      thing.tags = withoutTags(thing.tags, keys);
    },
  },
  {
    action: 'ListTagsForResource',
    method: 'GET',
    path: PATH,
    targets: targetOf,
    answer: (subject, { id }) => ({ tags: tagged(subject, id).tags }),
  },
];

function tagsIn(asked: Asked): Tags {
  onlyKeys(asked.body(), 'tags');
  return textMap(asked.body(), 'tags');
}

/**
 * Authorizes by the ARN as it was given, before any lookup: a caller without permission cannot learn whether the
 * resource exists.
 */
function targetOf(subject: ApiSubject, { id: arn }: Asked): readonly Target[] {
  return [{ arn, tags: found(subject, arn)?.tags ?? {} }];
}

function tagged(subject: ApiSubject, arn: string): { tags: Tags } {
  const thing = found(subject, arn);
  if (thing === undefined) throw new ServiceError('NotFoundException', `there is no resource ${arn}`);
  return thing;
}

function found({ channels, inputs, groups }: ApiSubject, arn: string): { tags: Tags } | undefined {
  const id = arn.split(':').at(-1) ?? '';
  return [channels, inputs, groups].find((registry) => registry.arn(id) === arn)?.find(id);
}
