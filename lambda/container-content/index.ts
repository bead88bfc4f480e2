import { MediaStoreClient } from '@aws-sdk/client-mediastore';
import { systemClock } from '../shared/clock';
import { customResource } from '../shared/custom-resource/respond';
import { mediaStoreOf } from './container';
import { containerContentHandler } from './handler';

const mediaStore = mediaStoreOf(new MediaStoreClient({ maxAttempts: 8 }));

export const handler = customResource(containerContentHandler({ mediaStore, clock: systemClock }));
