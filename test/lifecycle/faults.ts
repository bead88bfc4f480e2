import type { ApiHandler, ResourceProvider } from 'small-cloud/testing';

/** Answers of MediaLive: a good one, or an error that passes. With `garbled` it obeys, and its answer is lost. */
export const MOODS = ['well', 'throttled', 'unavailable', 'garbled'] as const;
export type Mood = (typeof MOODS)[number];

/** Faults that a world has in store; each is used up as it happens. */
export interface Faults {
  /** Answers of MediaLive's API, in the order of the calls. */
  api: Mood[];
  /** Milliseconds after which invocations die, in their order. */
  deaths: number[];
  /** Number of the next responses that are delivered twice. */
  duplicates: number;
  /** Parts of logical ids of resources whose next creation or update fails. */
  resources: string[];
}

export const noFaults = (): Faults => ({ api: [], deaths: [], duplicates: 0, resources: [] });

/** MediaLive's API in the moods that the faults give it. */
export function moody(api: ApiHandler, faults: Faults): ApiHandler {
  const refused = (status: number, type: string) => ({ status, headers: { 'x-amzn-errortype': type }, body: '{}' });
  return async (request) => {
    switch (faults.api.shift()) {
      case 'throttled':
        return refused(429, 'TooManyRequestsException');
      case 'unavailable':
        return refused(503, 'ServiceUnavailableException');
      case 'garbled':
        return { ...(await api(request)), body: '<html>' };
      default:
        return api(request);
    }
  };
}

/** A provider whose creations and updates fail when the faults name a part of the logical id. */
export function failing(real: ResourceProvider, faults: Faults): ResourceProvider {
  const mayFail = (logicalId: string) => {
    const index = faults.resources.findIndex((part) => logicalId.includes(part));
    if (index < 0) return;
    faults.resources.splice(index, 1);
    throw new Error(`${logicalId} was told to fail`);
  };
  const provider: ResourceProvider = {
    create: async (request) => {
      mayFail(request.logicalId);
      return real.create(request);
    },
    delete: (state, request) => real.delete(state, request),
  };
  const { update, replacedBy } = real;
  if (replacedBy !== undefined) Object.assign(provider, { replacedBy });
  if (update === undefined) return provider;
  return {
    ...provider,
    update: async (state, request, previous) => {
      mayFail(request.logicalId);
      return update.call(real, state, request, previous);
    },
  };
}
