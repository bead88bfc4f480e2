/** A viewer in a user pool. */
export interface Viewer {
  readonly email: string;
  /** A status of Cognito, such as `CONFIRMED`. */
  readonly status: string;
  /** Names of groups, in alphabetical order. */
  readonly groups: readonly string[];
}

/** A viewer to be added. */
export interface NewViewer {
  readonly email: string;
  /** Undefined lets Cognito make one. */
  readonly temporaryPassword: string | undefined;
  /** True where Cognito sends an invitation by e-mail. */
  readonly invites: boolean;
}

/** The two names of a viewer: Cognito's own, which tokens hold, and the e-mail address. */
export interface ViewerNames {
  readonly username: string;
  readonly email: string;
}

/** The calls about the viewers of a user pool. They reject with the errors of the SDK. */
export interface ViewerService {
  add(poolId: string, viewer: NewViewer): Promise<void>;
  /** Sets a password that the viewer keeps. */
  setPassword(poolId: string, email: string, password: string): Promise<void>;
  /** Ends the sign-ins of a viewer, and deletes the viewer. */
  remove(poolId: string, email: string): Promise<void>;
  join(poolId: string, email: string, group: string): Promise<void>;
  leave(poolId: string, email: string, group: string): Promise<void>;
  /** Names of the groups of a viewer, in alphabetical order. */
  groupsOf(poolId: string, email: string): Promise<readonly string[]>;
  /** Names of the groups of the pool, in alphabetical order. */
  groups(poolId: string): Promise<readonly string[]>;
  /** Finds a viewer by either name; undefined for somebody whom the pool does not know. */
  find(poolId: string, name: string): Promise<ViewerNames | undefined>;
  list(poolId: string): Promise<readonly Viewer[]>;
}
