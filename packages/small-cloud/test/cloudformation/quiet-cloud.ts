import type { Cloud } from '../../src/contract';

function unasked(what: string): never {
  throw new Error(`the test did not expect ${what} to be asked`);
}

/** A cloud with a place and without services. It keeps its log lines as `node: line`. */
export function quietCloud(overrides: Partial<Cloud> = {}): Cloud & { readonly told: readonly string[] } {
  const told: string[] = [];
  return {
    partition: 'aws',
    region: 'eu-west-1',
    accountId: '111122223333',
    folder: '/nowhere',
    names: {
      register: () => unasked('names'),
      forget: () => unasked('names'),
      resolve: () => unasked('names'),
      pageFacing: () => unasked('names'),
    },
    access: {
      roleAllows: () => unasked('access'),
      roleTrusts: () => unasked('access'),
      policyAllows: () => unasked('access'),
      policyDenies: () => unasked('access'),
    },
    clock: { now: () => Date.now(), speed: 1 },
    events: { put: () => {} },
    metrics: { put: () => {}, logged: () => {} },
    told,
    tell: (node, line) => {
      told.push(`${node}: ${line}`);
    },
    ...overrides,
  };
}
