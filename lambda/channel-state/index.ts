import { systemClock as clock } from '../clock';
import { customResource } from '../custom-resource/respond';
import { channelStateHandler } from './handler';
import { mediaLive as channels, ingestDestinations } from './media-live-control';
import { ownStack } from './own-stack';

export const handler = customResource(channelStateHandler({ channels, ownStack, ingestDestinations, clock }));
