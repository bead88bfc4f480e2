import type { LockingMethod } from '../contract/plan';
import type { Settings } from './settings';

/** Reads from `GlobalConfiguration` how pipelines are locked. @throws UnsupportedError for an unknown method. */
export function lockingMethod(global: Settings): LockingMethod {
  const modes = ['PIPELINE_LOCKING', 'EPOCH_LOCKING', 'DISABLED'] as const;
  const mode = global.choice('OutputLockingMode', modes, 'PIPELINE_LOCKING');
  if (mode === 'DISABLED') return 'none';
  if (!global.has('OutputLockingSettings')) return 'source-timecode';
  const settings = global.section('OutputLockingSettings');
  if (!settings.has('PipelineLockingSettings')) return 'source-timecode';
  const methods = ['SOURCE_TIMECODE', 'VIDEO_ALIGNMENT'] as const;
  const method = settings
    .section('PipelineLockingSettings')
    .choice('PipelineLockingMethod', methods, 'SOURCE_TIMECODE');
  return method === 'VIDEO_ALIGNMENT' ? 'video-alignment' : 'source-timecode';
}
