import { refused } from '../contract/service-error';
import { readAction } from '../schedule/read-action';
import { onlyMembers, type Shape, shape } from '../schedule/shape';
import { type ApiSubject, type Asked, type Call, onlyKeys, target, texts } from './call';

const PATH = /^\/prod\/channels\/([^/]+)\/schedule$/;

const channelTarget = ({ channels }: ApiSubject, { id }: Asked) => target(channels, id);

/**
 * The calls about schedules. The kinds of actions are in `schedule/action-kinds.ts`.
 *
 * @see https://docs.aws.amazon.com/medialive/latest/apireference/channels-channelid-schedule.html
 */
export const SCHEDULE_CALLS: readonly Call[] = [
  {
    action: 'BatchUpdateSchedule',
    method: 'PUT',
    path: PATH,
    targets: channelTarget,
    answer: ({ channels, schedules }, asked) => {
      const channel = channels.get(asked.id);
      const body = asked.body();
      onlyKeys(body, 'creates', 'deletes');
      const deletes = texts(section(body, 'deletes', 'actionNames'), 'actionNames');
      const listed = section(body, 'creates', 'scheduleActions')['scheduleActions'] ?? [];
      if (!Array.isArray(listed)) throw refused('creates.scheduleActions: a list is needed');
      const created = listed.map((each: unknown) => readAction(each, schedules.now()));
      const deleted = schedules.update(channel, created, deletes);
      return {
        creates: { scheduleActions: created.map(({ action }) => action) },
        deletes: { scheduleActions: deleted },
      };
    },
  },
  {
    action: 'DescribeSchedule',
    method: 'GET',
    path: PATH,
    targets: channelTarget,
    answer: ({ channels, schedules }, { id }) => ({ scheduleActions: schedules.list(channels.get(id)) }),
  },
  {
    action: 'DeleteSchedule',
    method: 'DELETE',
    path: PATH,
    targets: channelTarget,
    answer: ({ channels, schedules }, { id }) => {
      schedules.clear(channels.get(id));
      return {};
    },
  },
];

function section(body: Shape, key: string, ...known: readonly string[]): Shape {
  const found = shape(body[key] ?? {}, key);
  onlyMembers(found, ...known);
  return found;
}
