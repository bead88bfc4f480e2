/** A show every Friday and Saturday evening; AWS maintains the channel on Tuesday mornings. */
import type { LiveStreamInput } from '../lib/channel/live-stream';

export default {
  channels: [
    {
      name: 'main',
      input: { kind: 'test-clip' },
      running: false,
      schedule: { timeZone: 'Europe/Berlin', shows: [{ on: ['FRI', 'SAT'], start: '19:50', stop: '23:00' }] },
      autoStop: { afterInputLossMinutes: 30, afterRunningHours: 6 },
      maintenance: { day: 'TUESDAY', startHour: 4 },
    },
  ],
} satisfies LiveStreamInput;
