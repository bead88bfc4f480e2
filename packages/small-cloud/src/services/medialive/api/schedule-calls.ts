import { UnsupportedError } from '../../../contract';
import { repeated } from '../contract/repeated';
import type { ScheduleAction } from '../contract/schedule-action';
import { refused } from '../contract/service-error';
import { type ApiSubject, type Asked, type Call, onlyKeys, target, texts } from './call';

type Shape = Readonly<Record<string, unknown>>;

const PATH = /^\/prod\/channels\/([^/]+)\/schedule$/;

const channelTarget = ({ channels }: ApiSubject, { id }: Asked) => target(channels, id);

/**
 * The calls about schedules. The local run models one kind of action: an immediate switch of inputs.
 *
 * @see https://docs.aws.amazon.com/medialive/latest/apireference/channels-channelid-schedule.html
 */
export const SCHEDULE_CALLS: readonly Call[] = [
  {
    action: 'BatchUpdateSchedule',
    method: 'PUT',
    path: PATH,
    targets: channelTarget,
    answer: ({ channels, lifecycle }, asked) => {
      const channel = channels.get(asked.id);
      const body = asked.body();
      onlyKeys(body, 'creates', 'deletes');
      const deletes = texts(section(body, 'deletes', 'actionNames'), 'actionNames');
      const deleted = channel.schedule.filter(({ actionName }) => deletes.includes(actionName));
      const kept = channel.schedule.filter((action) => !deleted.includes(action));
      const listed = section(body, 'creates', 'scheduleActions')['scheduleActions'] ?? [];
      if (!Array.isArray(listed)) throw refused('creates.scheduleActions: a list is needed');
      const created = listed.map((each: unknown) => inputSwitch(shape(each)));
      const names = [...kept, ...created].map(({ actionName }) => actionName);
      const twice = repeated(names);
      if (twice !== undefined) throw refused(`the schedule has an action ${twice} already`);
      lifecycle.switchInputs(channel, created.map(attachmentOf));
      channel.schedule = [...kept, ...created];
      return { creates: { scheduleActions: created }, deletes: { scheduleActions: deleted } };
    },
  },
  {
    action: 'DescribeSchedule',
    method: 'GET',
    path: PATH,
    targets: channelTarget,
    answer: ({ channels }, { id }) => ({ scheduleActions: channels.get(id).schedule }),
  },
  {
    action: 'DeleteSchedule',
    method: 'DELETE',
    path: PATH,
    targets: channelTarget,
    answer: ({ channels }, { id }) => {
      channels.get(id).schedule = [];
      return {};
    },
  },
];

function attachmentOf({ scheduleActionSettings }: ScheduleAction): string {
  return scheduleActionSettings.inputSwitchSettings.inputAttachmentNameReference;
}

/** Reads an action. @throws ServiceError (NotImplementedException) for anything but an immediate switch of inputs. */
function inputSwitch(action: Shape): ScheduleAction {
  onlyKeys(action, 'actionName', 'scheduleActionStartSettings', 'scheduleActionSettings');
  const start = shape(action['scheduleActionStartSettings']);
  if (start['immediateModeScheduleActionStartSettings'] === undefined) {
    throw new UnsupportedError(
      'scheduleActionStartSettings: the local run knows immediateModeScheduleActionStartSettings',
    );
  }
  const settings = shape(action['scheduleActionSettings']);
  onlyKeys(settings, 'inputSwitchSettings');
  const inputSwitchSettings = shape(settings['inputSwitchSettings']);
  onlyKeys(inputSwitchSettings, 'inputAttachmentNameReference');
  const { actionName } = action;
  const { inputAttachmentNameReference } = inputSwitchSettings;
  if (typeof actionName !== 'string' || typeof inputAttachmentNameReference !== 'string') {
    throw refused('an action needs an actionName and an inputAttachmentNameReference');
  }
  return {
    actionName,
    scheduleActionStartSettings: start,
    scheduleActionSettings: { inputSwitchSettings: { inputAttachmentNameReference } },
  };
}

function section(body: Shape, key: string, ...known: readonly string[]): Shape {
  const found = shape(body[key] ?? {});
  onlyKeys(found, ...known);
  return found;
}

function shape(value: unknown): Shape {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  throw refused('an object is needed where the request has none');
}
