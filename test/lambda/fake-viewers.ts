import type { EdgeStore, Entries } from '../../lambda/shared/viewers/edge-store';
import type { KeyRing } from '../../lambda/shared/viewers/key-ring';
import type { Page, ViewerBook } from '../../lambda/shared/viewers/viewer-book';
import type { KeySurroundings } from '../../lambda/viewer-keys/surroundings';
import type { AccessRules, SessionSurroundings, SignedIn } from '../../lambda/viewer-sessions/surroundings';

/** A book in memory, with versions as DynamoDB keeps them. */
export class FakeBook implements ViewerBook {
  readonly pages = new Map<string, Page>();
  readonly links = new Map<string, number>();
  /** Calls in their order. */
  readonly calls: string[];
  /** Number of writes that another writer precedes. */
  disturbed = 0;
  /** Name of a call that fails. */
  failing: keyof ViewerBook | undefined;
  private time = 0;

  constructor(calls: string[] = []) {
    this.calls = calls;
  }

  async read(id: string): Promise<Page> {
    this.called('read');
    return structuredClone(this.pages.get(id) ?? { viewer: { name: '', sessions: [] }, version: 0 });
  }

  async write(id: string, page: Page, expires: number): Promise<boolean> {
    this.called('write');
    const known = this.pages.get(id);
    if (this.disturbed > 0) {
      this.disturbed -= 1;
      const viewer = known?.viewer ?? { name: 'other', sessions: [] };
      this.pages.set(id, { viewer, version: (known?.version ?? 0) + 1 });
      return false;
    }
    if (page.version !== (known?.version ?? 0)) return false;
    if (!Number.isInteger(expires)) throw new Error(`expires: ${expires} is no time`);
    this.pages.set(id, structuredClone({ viewer: page.viewer, version: page.version + 1 }));
    return true;
  }

  async useLink(jti: string, expires: number): Promise<boolean> {
    this.called('useLink');
    if (this.links.has(jti)) return false;
    this.links.set(jti, expires);
    return true;
  }

  async voidBefore(): Promise<number> {
    this.called('voidBefore');
    return this.time;
  }

  async setVoidBefore(time: number): Promise<void> {
    this.called('setVoidBefore');
    this.time = time;
  }

  async all(): Promise<readonly { readonly id: string; readonly page: Page }[]> {
    this.called('all');
    return [...this.pages].map(([id, page]) => ({ id, page: structuredClone(page) }));
  }

  /** All sessions, of all viewers. */
  get sessions() {
    return [...this.pages.values()].flatMap(({ viewer }) => viewer.sessions);
  }

  private called(name: keyof ViewerBook): void {
    if (this.failing === name) throw new Error(`the book does not answer ${name}`);
    if (!['read', 'all', 'voidBefore'].includes(name)) this.calls.push(`book ${name}`);
  }
}

/** Beginning of the time of these tests, in seconds since 1970. */
export const BEGUN = 1_800_000_000;
/** Secret of the links of these tests. */
export const LINK_SECRET = Buffer.from('a secret that a platform shares with the stack');
const SECRET = Buffer.alloc(32, 7).toString('base64url');

/** The ring of keys in these tests. */
export const RING: KeyRing = { keys: [{ kid: 'k1', secret: SECRET, made: BEGUN - 1000 }] };

/** The surroundings of the sessions, in memory. */
export class FakeSessions implements SessionSurroundings {
  readonly book = new FakeBook();
  readonly revoked: { readonly sids: readonly string[]; readonly until: number }[] = [];
  readonly notices: string[] = [];
  /** Signed-in viewers by their access tokens. */
  readonly viewers = new Map<string, SignedIn>();
  ring: KeyRing = RING;
  links: Buffer | undefined = LINK_SECRET;
  time = BEGUN;
  failing: 'keys' | 'linkSecret' | 'signedIn' | 'revoke' | 'notify' | undefined;
  private ids = 0;

  constructor(readonly rules: AccessRules) {}

  keys = async () => this.unless('keys', this.ring);
  linkSecret = async () => this.unless('linkSecret', this.links);
  signedIn = async (token: string) => this.unless('signedIn', this.viewers.get(token));
  randomId = () => `id${String(++this.ids).padStart(14, '0')}`;
  now = () => this.time;

  async revoke(sids: readonly string[], until: number): Promise<void> {
    this.unless('revoke', undefined);
    this.revoked.push({ sids, until });
  }

  async notify(subject: string, text: string): Promise<void> {
    this.unless('notify', undefined);
    this.notices.push(`${subject}\n${text}`);
  }

  private unless<T>(name: NonNullable<FakeSessions['failing']>, value: T): T {
    if (this.failing === name) throw new Error(`${name} does not answer`);
    return value;
  }
}

/** The store of the edge, in memory. */
export class FakeEdge implements EdgeStore {
  entries: Record<string, string> = {};
  failing = false;

  constructor(private readonly calls: string[]) {}

  private version = 0;

  async update(read: () => Promise<Entries>): Promise<void> {
    for (;;) {
      const { version } = this;
      const entries = await read();
      if (version === this.version) {
        await this.put(entries);
        return;
      }
    }
  }

  async put(entries: Entries): Promise<void> {
    if (this.failing) throw new Error('the store of the edge does not answer');
    this.calls.push('edge put');
    this.version += 1;
    const all = { ...this.entries, ...entries };
    this.entries = Object.fromEntries(
      Object.entries(all).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
    );
  }

  async all(): Promise<Readonly<Record<string, string>>> {
    return this.entries;
  }
}

/** The surroundings of the keys, in memory. */
export class FakeKeys implements KeySurroundings {
  /** Writes in their order. */
  readonly calls: string[] = [];
  readonly book = new FakeBook(this.calls);
  readonly edge = new FakeEdge(this.calls);
  readonly channels = ['main', 'gold'];
  readonly sessionHours = 12;
  text = '{"unused":"word"}';
  links: Buffer | undefined = LINK_SECRET;
  time = BEGUN;
  private made = 0;

  readonly secret = {
    read: async () => this.text,
    write: async (text: string) => {
      this.calls.push('secret write');
      this.text = text;
    },
  };
  readonly clock = {
    now: () => this.time * 1000 + 250,
    sleep: async (milliseconds: number) => {
      this.time += milliseconds / 1000;
    },
  };
  linkSecret = async () => this.links;
  newSecret = () => Buffer.alloc(32, ++this.made).toString('base64url');
  randomId = () => `id${String(++this.made).padStart(14, '0')}`;

  /** The settings of the gate, as the edge has them. */
  get settings(): { readonly keys: Readonly<Record<string, string>>; readonly voidBefore: number } {
    return JSON.parse(this.edge.entries['cfg'] ?? '{}');
  }
}
