import type { NewViewer, Viewer, ViewerNames, ViewerService } from '../../../bin/live/viewer-service';

/** A user pool with the groups `main` and `stage`. It records the calls that change it, and refuses as Cognito does. */
export class FakeViewers implements ViewerService {
  readonly calls: string[] = [];
  readonly added: NewViewer[] = [];
  /** Error of the next call that sets or takes a password. */
  refusal: Error | undefined;
  private readonly members = new Map<string, Set<string>>();

  with(email: string, ...groups: readonly string[]): this {
    this.members.set(email, new Set(groups));
    return this;
  }

  async add(poolId: string, viewer: NewViewer): Promise<void> {
    if (this.refusal !== undefined) throw this.refusal;
    if (this.members.has(viewer.email)) throw named('UsernameExistsException');
    this.calls.push(`add ${poolId} ${viewer.email}`);
    this.added.push(viewer);
    this.with(viewer.email);
  }

  async setPassword(_: string, email: string, password: string): Promise<void> {
    this.groupsNow(email);
    this.calls.push(`password ${email} ${password}`);
  }

  async remove(_: string, email: string): Promise<void> {
    this.groupsNow(email);
    this.calls.push(`remove ${email}`);
    this.members.delete(email);
  }

  async join(_: string, email: string, group: string): Promise<void> {
    this.groupsNow(email).add(group);
    this.calls.push(`join ${email} ${group}`);
  }

  async leave(_: string, email: string, group: string): Promise<void> {
    this.groupsNow(email).delete(group);
    this.calls.push(`leave ${email} ${group}`);
  }

  async groupsOf(_: string, email: string): Promise<readonly string[]> {
    return [...this.groupsNow(email)].sort();
  }

  async groups(): Promise<readonly string[]> {
    return ['main', 'stage'];
  }

  async find(_: string, name: string): Promise<ViewerNames | undefined> {
    const email = [...this.members.keys()].find((known) => name === known || name === `uuid-of-${known}`);
    return email === undefined ? undefined : { username: `uuid-of-${email}`, email };
  }

  async list(): Promise<readonly Viewer[]> {
    return [...this.members].map(([email, groups]) => ({ email, status: 'CONFIRMED', groups: [...groups] }));
  }

  private groupsNow(email: string): Set<string> {
    const groups = this.members.get(email);
    if (groups === undefined) throw named('UserNotFoundException');
    return groups;
  }
}

function named(name: string): Error {
  return Object.assign(new Error(name), { name });
}
