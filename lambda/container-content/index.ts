import { systemClock as clock } from '../clock';
import { customResource } from '../custom-resource/respond';
import { mediaStore } from './container';
import { containerContentHandler } from './handler';

export const handler = customResource(containerContentHandler({ mediaStore, clock }));
