import type { ApiHandler, ApiResponse } from 'small-cloud/testing';
import type { IngestDestination } from '../../lambda/channel-state/ingest-address';
import type { GuardedChannels } from '../../lambda/guard/surroundings';
import type { Channels } from '../../lambda/shared/channels/channels';
import type { KnownState } from '../../lambda/shared/channels/decision';

/** Number of attempts that the functions' SDK clients make. */
const ATTEMPTS = 8;

/** Thrown in an invocation that is over, so that nothing of it takes effect. */
class Frozen extends Error {}

/**
 * A client of the local MediaLive's API in the test's own process. It has the wire shapes, the error codes and the
 * retries of the SDK, and no sockets.
 */
export function mediaLiveClient(api: ApiHandler, alive: () => boolean): GuardedChannels {
  async function call(method: string, path: string, body?: unknown): Promise<Record<string, unknown>> {
    for (let attempt = 1; ; attempt += 1) {
      if (!alive()) throw new Frozen('This invocation is over');
      const url = new URL(`http://medialive${path}`);
      const answer = await api({
        method,
        path: url.pathname,
        query: url.searchParams,
        headers: {},
        body: Buffer.from(body === undefined ? '' : JSON.stringify(body)),
        roleArn: undefined,
      });
      if (answer.status < 300) return bodyOf(answer);
      const retryable = answer.status === 429 || answer.status >= 500;
      if (!retryable || attempt >= ATTEMPTS) {
        const name = answer.headers?.['x-amzn-errortype'] ?? 'UnknownError';
        const $metadata = { httpStatusCode: answer.status };
        throw Object.assign(new Error(String(answer.body)), { name, $fault: 'client', $metadata });
      }
      await new Promise((resolve) => setTimeout(resolve, 100 * 2 ** attempt));
    }
  }
  const unlessConflict = (error: Error) => {
    if (error.name !== 'ConflictException') throw error;
  };
  const client: GuardedChannels = {
    async look(id) {
      try {
        const found = await call('GET', `/prod/channels/${id}`);
        return {
          state: found['state'] as KnownState,
          tags: (found['tags'] ?? {}) as Record<string, string>,
          arn: String(found['arn']),
          pipelines: Number(found['pipelinesRunningCount'] ?? 0),
        };
      } catch (error) {
        if ((error as Error).name === 'NotFoundException') return { state: 'MISSING', tags: {}, arn: '', pipelines: 0 };
        throw error;
      }
    },
    state: async (id) => (await client.look(id)).state,
    start: async (id) => void (await call('POST', `/prod/channels/${id}/start`).catch(unlessConflict)),
    stop: async (id) => void (await call('POST', `/prod/channels/${id}/stop`).catch(unlessConflict)),
    tag: async (arn, tags) => void (await call('POST', `/prod/tags/${encodeURIComponent(arn)}`, { tags })),
    untag: async (arn, key) =>
      void (await call('DELETE', `/prod/tags/${encodeURIComponent(arn)}?tagKeys=${encodeURIComponent(key)}`)),
    async alerts(id) {
      const { alerts = [] } = await call('GET', `/prod/channels/${id}/alerts?stateFilter=SET`);
      return (alerts as { alertType: string; pipelineId: string; setTimestamp: string }[]).map((alert) => ({
        type: alert.alertType,
        pipeline: alert.pipelineId,
        setAt: Date.parse(alert.setTimestamp),
      }));
    },
  };
  return client satisfies Channels;
}

/** Reads the body of an answer as the SDK does. @throws SyntaxError when it is not JSON */
function bodyOf({ status, body }: ApiResponse): Record<string, unknown> {
  if (body === undefined || String(body) === '') return {};
  try {
    return JSON.parse(String(body));
  } catch (error) {
    throw Object.assign(error as Error, { $metadata: { httpStatusCode: status } });
  }
}

/** A request to MediaLive's API without a body. */
export function request(method: string, path: string): Parameters<ApiHandler>[0] {
  return { method, path, query: new URLSearchParams(), headers: {}, body: Buffer.alloc(0), roleArn: undefined };
}

/** Destinations of an input, as DescribeInput answers. */
export async function ingestDestinations(api: ApiHandler, inputId: string): Promise<readonly IngestDestination[]> {
  const answer = await api(request('GET', `/prod/inputs/${inputId}`));
  if (answer.status >= 300) {
    const $metadata = { httpStatusCode: answer.status };
    throw Object.assign(new Error('no input'), { $fault: 'server', $metadata });
  }
  const { destinations = [] } = bodyOf(answer) as { destinations?: { url: string }[] };
  return destinations.map(({ url }) => ({ url, ip: undefined, port: undefined }));
}

/** Everything that MediaLive lists at a path, such as `/prod/channels`. */
export async function listed(api: ApiHandler, path: string): Promise<readonly unknown[]> {
  const answer = await api(request('GET', path));
  return Object.values(JSON.parse(String(answer.body)) as Record<string, unknown[]>).flat();
}
