import type { ApiHandler, CustomResourceResponses, Stack } from 'small-cloud/testing';
import { channelStateHandler } from '../../lambda/channel-state/handler';
import { type CustomResourceHandler, customResource } from '../../lambda/shared/custom-resource/respond';
import type { Handler } from './fake-lambda';
import type { Faults } from './faults';
import { ingestDestinations, mediaLiveClient } from './media-live-client';
import { type Seeds, same } from './seeds';
import { clock } from './time';

/** Surroundings of the functions in a world. */
export interface Surroundings {
  readonly api: ApiHandler;
  readonly responses: CustomResourceResponses;
  readonly faults: Faults;
  readonly seeds: Seeds;
  readonly stack: () => Stack | undefined;
}

/**
 * The real code of the channel-state function; every other function only answers with a physical id.
 *
 * @param alive - false once the invocation is over, after which nothing of it takes effect.
 */
export function functionHandler(functionArn: string, alive: () => boolean, around: Surroundings): Handler {
  const { seeds } = around;
  const handler = functionArn.includes('ChannelState') ? channelState(alive, around) : PLACED;
  return (seeds.customResource ?? customResource)(handler, responder(alive, around));
}

const PLACED: CustomResourceHandler = {
  physicalId: ({ LogicalResourceId }) => `placed-${LogicalResourceId}`,
  handle: async ({ LogicalResourceId }) => ({ physicalId: `placed-${LogicalResourceId}` }),
};

function channelState(alive: () => boolean, { api, seeds, stack }: Surroundings): CustomResourceHandler {
  const channels = (seeds.channels ?? same)(mediaLiveClient(api, alive));
  const real = channelStateHandler({
    channels,
    clock,
    ingestDestinations: (id) => ingestDestinations(api, id),
    ownStack: () =>
      (seeds.ownStack ?? same)({
        resource: async (logicalId) => describedResource(stack(), logicalId),
        status: async () => stack()?.status ?? 'UNKNOWN',
      }),
  });
  return (seeds.channelState ?? same)(real, channels);
}

/** A resource as DescribeStackResource answers. */
function describedResource(stack: Stack | undefined, logicalId: string) {
  const physicalId = stack?.resources.get(logicalId)?.state.physicalId;
  const status = stack?.events.findLast((event) => event.logicalId === logicalId)?.status ?? '';
  return physicalId === undefined ? undefined : { physicalId, status };
}

/** Delivers responses to CloudFormation. A dead invocation sends nothing. */
function responder(alive: () => boolean, { responses, faults }: Surroundings) {
  return async (url: string, body: string) => {
    if (!alive()) return new Promise<never>(() => {});
    await clock.sleep(20);
    if (!alive()) return new Promise<never>(() => {});
    const token = url.split('/').at(-1) ?? '';
    const { status } = responses.receive(token, Buffer.from(body));
    if (faults.duplicates > 0) {
      faults.duplicates -= 1;
      responses.receive(token, Buffer.from(body));
    }
    return { ok: status < 300, status };
  };
}
