import { resources, type Template } from '../../stream/synth';
import { expectedOf } from './kinds';
import { playerChannels, routedTo } from './paths';
import type { NamedRow } from './stacks';
import { differences, textOf } from './texts';

interface RoomProperties {
  readonly Name: string;
  readonly MessageReviewHandler: { readonly Uri: { readonly 'Fn::GetAtt': readonly [string, string] } };
}

/** Lists parts of chat and polls that lack, are to spare, or do not know each other, in a stack. */
export function besideComplaints(template: Template, rows: readonly NamedRow[]): readonly string[] {
  const wanted = (part: 'chat' | 'polls') =>
    rows.filter(({ beside }) => expectedOf('beside', beside).page[part] !== undefined).map(({ name }) => name);
  const paths = new Set(rows.flatMap(({ beside }) => Object.values(expectedOf('beside', beside).page).flat()));
  return [
    ...differences('chat room', wanted('chat'), roomNames(template)),
    ...(['chat', 'polls'] as const).flatMap((part) => [
      ...differences(
        `in the player’s configuration, ${part} of`,
        wanted(part),
        playerChannels(template).flatMap((channel) => (channel[part] === undefined ? [] : [channel.name])),
      ),
      ...differences(`in its function, ${part} of`, wanted(part), Object.keys(deskRules(template, part))),
    ]),
    ...[...paths].flatMap((path) => {
      const part = path.split('/')[1] ?? '';
      const origin = routedTo(template, path);
      return origin === part ? [] : [`${path} is routed to ${origin}, not to ${part}`];
    }),
  ];
}

/** Names of the rooms whose messages are reviewed by a function that the service may invoke. */
function roomNames(template: Template): readonly string[] {
  const invoked = resources(template, 'AWS::Lambda::Permission')
    .filter(({ Properties }) => Properties['Principal'] === 'ivschat.amazonaws.com')
    .map(({ Properties }) => JSON.stringify(Properties['FunctionName']));
  return resources(template, 'AWS::IVSChat::Room').map(({ Properties }) => {
    const { Name, MessageReviewHandler } = Properties as unknown as RoomProperties;
    return invoked.includes(JSON.stringify(MessageReviewHandler.Uri)) ? Name : `${Name} without a review`;
  });
}

/** The rules of the function of chat or polls, by channel; none where there is no such function. */
export function deskRules(
  template: Template,
  part: 'chat' | 'polls',
): Readonly<Record<string, { readonly isPublic: boolean }>> {
  const [id, setting] = part === 'chat' ? [/^ChatDeskFunction/, 'ROOMS'] : [/^PollsDeskFunction/, 'CHANNELS'];
  const desk = resources(template, 'AWS::Lambda::Function').find((one) => id.test(one.id));
  const { Variables = {} } = (desk?.Properties['Environment'] ?? {}) as {
    readonly Variables?: Readonly<Record<string, unknown>>;
  };
  return Variables[setting] === undefined ? {} : JSON.parse(textOf(Variables[setting]));
}
