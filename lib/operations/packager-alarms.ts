import type { AlarmRule } from './alarm-rule';
import { metric } from './metrics';
import type { Packager } from './watched-channel';

/** Lists the alarms of a packager; none for a bucket, whose request metrics cost money and are not switched on. */
export function packagerAlarms(packager: Packager): readonly AlarmRule[] {
  const failed = (metrics: AlarmRule['metrics']): AlarmRule => ({
    slug: 'packager-fails',
    of: '',
    metrics,
    compare: 'at least',
    threshold: 5,
    datapoints: [2, 3],
  });
  switch (packager.kind) {
    case 'media-package': {
      const dimensions = { ChannelGroup: packager.channelGroup, Channel: packager.channel, StatusCode: '5xx' };
      return [failed([metric('egressRequestCount', dimensions)])];
    }
    case 'media-package-v1':
      return [failed([metric('egressRequestCountV1', { Channel: packager.channel, StatusCodeRange: '5xx' })])];
    case 'bucket':
      return [];
  }
}
