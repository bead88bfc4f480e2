import type {
  ApiHandler,
  Catalog,
  Cloud,
  ObjectShelf,
  ResourceProvider,
  ResourceRequest,
  ResourceState,
  Service,
} from '../../contract';
import { athenaApi } from './api';
import { groupOf } from './call';
import { Executions } from './executions';
import { type NamedQuery, namedQuery } from './named-query';
import { invalid, PRIMARY, type WorkGroupSettings, workGroupSettings } from './work-group';

/** Parts of the run that Athena uses. */
export interface AthenaOptions {
  readonly shelf: ObjectShelf;
  readonly catalog: Catalog;
}

/**
 * Athena: work groups, saved queries, and SELECT over the tables of the catalogue, which DuckDB executes. A statement that
 * DuckDB would take and Athena would refuse is refused, as far as lists of signs, words and functions can tell.
 *
 * @see https://docs.aws.amazon.com/athena/latest/ug/select.html
 */
export class Athena implements Service {
  readonly api: Readonly<Record<string, ApiHandler>>;
  private readonly groups = new Map<string, WorkGroupSettings>([[PRIMARY.name, PRIMARY]]);
  private readonly namedQueries = new Map<string, NamedQuery>();
  private readonly executions: Executions;

  constructor(
    private readonly cloud: Cloud,
    options: AthenaOptions,
  ) {
    this.executions = new Executions({ cloud, ...options });
    const { groups, namedQueries, executions } = this;
    this.api = { athena: athenaApi({ cloud, groups, namedQueries, executions }) };
  }

  readonly resources: Readonly<Record<string, ResourceProvider>> = {
    'AWS::Athena::WorkGroup': {
      create: async (request) => this.createGroup(request),
      update: async (state, request) => {
        this.groups.set(state.physicalId, workGroupSettings(request));
        return state;
      },
      replacedBy: ['Name'],
      delete: async ({ physicalId }) => this.deleteGroup(physicalId),
    },
    'AWS::Athena::NamedQuery': {
      create: async (request) => this.createQuery(request),
      replacedBy: ['Name', 'Description', 'Database', 'QueryString', 'WorkGroup'],
      delete: async ({ physicalId }) => void this.namedQueries.delete(physicalId),
    },
  };

  /** Cancels what runs, and ends the engine. */
  async stop(): Promise<void> {
    await this.executions.close();
  }

  private createGroup(request: ResourceRequest): ResourceState {
    const settings = workGroupSettings(request);
    const { name } = settings;
    if (this.groups.has(name)) throw invalid('WorkGroup is already created');
    this.groups.set(name, settings);
    return {
      physicalId: name,
      ref: name,
      attributes: { CreationTime: String(Math.floor(this.cloud.clock.now() / 1000)) },
    };
  }

  private deleteGroup(name: string): void {
    const hasContents =
      this.executions.has(name) || [...this.namedQueries.values()].some(({ workGroup }) => workGroup === name);
    if (hasContents && !this.groups.get(name)?.deletesContents) throw invalid(`WorkGroup ${name} is not empty`);
    for (const [id, { workGroup }] of this.namedQueries) if (workGroup === name) this.namedQueries.delete(id);
    this.executions.forget(name);
    this.groups.delete(name);
  }

  private createQuery(request: ResourceRequest): ResourceState {
    const query = namedQuery(request);
    groupOf({ groups: this.groups }, query.workGroup);
    this.namedQueries.set(query.id, query);
    return { physicalId: query.id, ref: query.id, attributes: { NamedQueryId: query.id } };
  }
}
