import type {
  Catalog,
  CatalogTable,
  Cloud,
  ResourceProvider,
  ResourceRequest,
  ResourceState,
  Service,
} from '../../contract';
import { AwsError } from '../kit/aws-error';
import { declaredDatabase } from './database';
import { declaredTable } from './table';

/**
 * Glue's Data Catalog: databases and tables for Firehose and Athena. Nothing of the local run calls Glue's API, so there is
 * none. Crawlers, jobs, partitions, views and tables in other formats are refused.
 *
 * @see https://docs.aws.amazon.com/glue/latest/dg/catalog-and-crawler.html
 */
export class Glue implements Service, Catalog {
  /** Tables of each database, by name. */
  private readonly databases = new Map<string, Map<string, CatalogTable>>();

  constructor(private readonly cloud: Pick<Cloud, 'partition' | 'region' | 'accountId'>) {}

  readonly resources: Readonly<Record<string, ResourceProvider>> = {
    'AWS::Glue::Database': {
      create: async (request) => this.createDatabase(request),
      update: async (state, request) => {
        refuseRename(state, declaredDatabase(request, this.cloud, state.physicalId));
        return state;
      },
      replacedBy: ['CatalogId', 'DatabaseName'],
      // Deleting a database deletes its tables.
      delete: async ({ physicalId }) => void this.databases.delete(physicalId),
    },
    'AWS::Glue::Table': {
      create: async (request) => this.createTable(request),
      update: async (state, request) => {
        const table = declaredTable(request, this.cloud);
        refuseRename(state, table.name);
        this.database(table.database).set(table.name, table);
        return state;
      },
      replacedBy: ['CatalogId', 'DatabaseName', 'Name'],
      delete: async ({ physicalId }, request) => {
        this.databases.get(String(request.properties['DatabaseName']))?.delete(physicalId);
      },
    },
  };

  hasDatabase(name: string): boolean {
    return this.databases.has(name.toLowerCase());
  }

  table(database: string, name: string): CatalogTable | undefined {
    return this.databases.get(database.toLowerCase())?.get(name.toLowerCase());
  }

  arns(database: string, table?: string): readonly string[] {
    const { partition, region, accountId } = this.cloud;
    const start = `arn:${partition}:glue:${region}:${accountId}`;
    const outer = [`${start}:catalog`, `${start}:database/${database}`];
    return table === undefined ? outer : [...outer, `${start}:table/${database}/${table}`];
  }

  private createDatabase(request: ResourceRequest): ResourceState {
    const name = declaredDatabase(request, this.cloud);
    if (this.databases.has(name)) throw new AwsError('AlreadyExistsException', `Database already exists: ${name}`);
    this.databases.set(name, new Map());
    return { physicalId: name, ref: name, attributes: {} };
  }

  private createTable(request: ResourceRequest): ResourceState {
    const table = declaredTable(request, this.cloud);
    const { name } = table;
    const tables = this.database(table.database);
    if (tables.has(name)) throw new AwsError('AlreadyExistsException', 'Table already exists.');
    tables.set(name, table);
    return { physicalId: name, ref: name, attributes: {} };
  }

  private database(name: string): Map<string, CatalogTable> {
    const tables = this.databases.get(name);
    if (tables === undefined) throw new AwsError('EntityNotFoundException', `Database ${name} not found.`);
    return tables;
  }
}

/** @throws AwsError because a database and a table keep their names. */
function refuseRename({ physicalId }: ResourceState, name: string): void {
  if (physicalId === name) return;
  throw new AwsError('InvalidInputException', `${physicalId} was renamed to ${name}; give a new logical id as well`);
}
