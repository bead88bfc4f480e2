import { randomInt } from 'node:crypto';
import type { LiveRequest } from './arguments';
import type { Context } from './context';
import { EXIT, type ExitCode, LiveFailure } from './failure';
import type { ViewerRequest } from './viewer-arguments';
import type { Viewer } from './viewer-service';

/** A command about viewers, with the user pool of the stack. */
interface ViewerCommand {
  readonly poolId: string;
  readonly asked: ViewerRequest;
  readonly request: LiveRequest;
  readonly context: Context;
}

/** The outcome of a command: the document for `--json`, and the text. */
interface Outcome {
  readonly json: object;
  readonly text: string;
}

/** Output of the stack with the id of its user pool. `lib/access` writes it. */
const POOL_OUTPUT = 'ViewerPoolId';

/**
 * Adds, removes or lists viewers who sign in with Cognito, or changes the groups of one.
 *
 * @throws LiveFailure where the stack has no sign-in by Cognito, or the viewer or the group does not exist.
 */
export async function viewers(asked: ViewerRequest, request: LiveRequest, context: Context): Promise<ExitCode> {
  const { outputs } = await context.service.stack(request.stack);
  const poolId = outputs[POOL_OUTPUT];
  if (poolId === undefined) {
    throw new LiveFailure(
      `Stack "${request.stack}" has no sign-in by Cognito, so it has no viewers to manage (it has no Output ${POOL_OUTPUT}).`,
      EXIT.notFound,
    );
  }
  try {
    const { json, text } = await ACTIONS[asked.action]({ poolId, asked, request, context });
    context.out(request.json ? JSON.stringify(json, null, 2) : text);
    return EXIT.fine;
  } catch (error) {
    throw failure(error, asked) ?? error;
  }
}

const ACTIONS: Readonly<Record<ViewerRequest['action'], (command: ViewerCommand) => Promise<Outcome>>> = {
  add,
  remove,
  groups,
  list,
};

/** Adds a viewer. On AWS Cognito invites by e-mail; the local run sends none, so the temporary password is printed. */
async function add({ poolId, asked, request, context }: ViewerCommand): Promise<Outcome> {
  const { email, join, password } = asked;
  await refuseUnknownGroups(poolId, join, context);
  const isLocal = request.endpoint !== undefined;
  const printed = password === undefined && isLocal ? temporaryPassword() : undefined;
  await context.viewers.add(poolId, {
    email,
    temporaryPassword: password ?? printed,
    invites: password === undefined && !isLocal,
  });
  if (password !== undefined) await context.viewers.setPassword(poolId, email, password);
  for (const group of join) await context.viewers.join(poolId, email, group);
  const words = password === undefined ? invitation(email, printed) : 'It signs in with the password that you gave.';
  const json = { email, groups: join, temporaryPassword: printed ?? null };
  return { json, text: `Viewer ${email} is added${inGroups(join)}. ${words}` };
}

async function remove({ poolId, asked: { email }, context }: ViewerCommand): Promise<Outcome> {
  await context.viewers.remove(poolId, email);
  return { json: { email, removed: true }, text: `Viewer ${email} is removed and signed out.` };
}

/** Changes the groups of a viewer as asked, and tells which they are. */
async function groups({ poolId, asked: { email, join, leave }, context }: ViewerCommand): Promise<Outcome> {
  await refuseUnknownGroups(poolId, [...join, ...leave], context);
  for (const group of join) await context.viewers.join(poolId, email, group);
  for (const group of leave) await context.viewers.leave(poolId, email, group);
  const now = await context.viewers.groupsOf(poolId, email);
  const later = join.length + leave.length > 0 ? ' The change counts with the next access token, minutes later.' : '';
  return {
    json: { email, groups: now },
    text: `Viewer ${email} is ${now.length > 0 ? inGroups(now).trim() : 'in no group'}.${later}`,
  };
}

async function list({ poolId, request, context }: ViewerCommand): Promise<Outcome> {
  const found = await context.viewers.list(poolId);
  const width = Math.max(0, ...found.map(({ email }) => email.length));
  const lines = found.map((viewer) => line(viewer, width));
  return { json: { stack: request.stack, viewers: found }, text: lines.join('\n') || 'There are no viewers.' };
}

function line({ email, status, groups: own }: Viewer, width: number): string {
  const state = status === 'CONFIRMED' ? '' : `  ${status}`;
  return `${email.padEnd(width)}  ${own.join(', ') || 'no group'}${state}`;
}

function invitation(email: string, printed: string | undefined): string {
  if (printed === undefined) return `Cognito sends the invitation to ${email}.`;
  return `Temporary password: ${printed} (the local run sends no e-mail).`;
}

function inGroups(names: readonly string[]): string {
  if (names.length === 0) return '';
  return ` in ${names.length === 1 ? 'group' : 'groups'} ${names.join(', ')}`;
}

/** Refuses groups that the pool does not have, before anything changes. */
async function refuseUnknownGroups(poolId: string, names: readonly string[], { viewers: service }: Context) {
  if (names.length === 0) return;
  const known = await service.groups(poolId);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown === undefined) return;
  const sentence = `Group "${unknown}" was given; the stack has ${known.join(', ') || 'none'}.`;
  throw new LiveFailure(sentence, EXIT.notFound);
}

/** The sentence for an error of Cognito about this viewer; undefined for every other error. */
function failure(error: unknown, { email }: ViewerRequest): LiveFailure | undefined {
  if (!(error instanceof Error)) return undefined;
  switch (error.name) {
    case 'UserNotFoundException':
      return new LiveFailure(`There is no viewer ${email}; npm run live -- viewer list shows all.`, EXIT.notFound);
    case 'UsernameExistsException':
      return new LiveFailure(
        `Viewer ${email} exists already; npm run live -- viewer groups ${email} --add GROUP changes the groups.`,
        EXIT.wrongUse,
      );
    case 'InvalidPasswordException':
      return new LiveFailure(`The password was refused: ${error.message.replace(/\.$/, '')}.`, EXIT.wrongUse);
    default:
      return undefined;
  }
}

/** Makes a password of 20 characters that every usual policy takes. */
function temporaryPassword(): string {
  const kinds = ['ABCDEFGHJKLMNPQRSTUVWXYZ', 'abcdefghijkmnopqrstuvwxyz', '23456789', '-_!+'];
  const pick = (characters: string) => characters.charAt(randomInt(characters.length));
  return Array.from({ length: 20 }, (_, index) => pick(kinds[index % kinds.length] ?? '')).join('');
}
