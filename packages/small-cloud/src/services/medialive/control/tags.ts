import { ServiceError } from '../contract/service-error';

/** The tags of a resource. */
export type Tags = Readonly<Record<string, string>>;

const MOST_TAGS = 50;
const LONGEST = { key: 128, value: 256 } as const;

/**
 * Merges a change of a template's tags into the tags of a resource. Tags that were put on by API calls stay.
 *
 * @param previous - the tags of the template before.
 */
export function retagged(current: Tags, template: Tags, previous: Tags): Tags {
  const kept = Object.entries(current).filter(([key]) => !(key in previous) || key in template);
  const changed = Object.entries(template).filter(([key, value]) => previous[key] !== value);
  return Object.fromEntries([...kept, ...changed]);
}

/**
 * Adds tags as CreateTags does.
 *
 * @throws ServiceError (BadRequestException) for a tag that AWS refuses, or too many.
 * @see https://docs.aws.amazon.com/general/latest/gr/aws_tagging.html
 */
export function withTags(current: Tags, more: Tags): Tags {
  for (const [key, value] of Object.entries(more)) {
    if (key === '' || key.length > LONGEST.key) {
      throw wrong(`the key "${key}" must have 1 to ${LONGEST.key} characters`);
    }
    if (/^aws:/i.test(key)) throw wrong(`the key "${key}" begins with aws:, which is AWS's own`);
    if (value.length > LONGEST.value) throw wrong(`the value of "${key}" is longer than ${LONGEST.value} characters`);
  }
  const tags = { ...current, ...more };
  const count = Object.keys(tags).length;
  if (count > MOST_TAGS) throw wrong(`the resource would have ${count}; at most ${MOST_TAGS} are possible`);
  return tags;
}

/** Removes tags by their keys. */
export function withoutTags(current: Tags, keys: readonly string[]): Tags {
  return Object.fromEntries(Object.entries(current).filter(([key]) => !keys.includes(key)));
}

function wrong(sentence: string): ServiceError {
  return new ServiceError('BadRequestException', `tags: ${sentence}`);
}
