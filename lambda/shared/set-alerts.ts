import { type MediaLiveClient, paginateListAlerts } from '@aws-sdk/client-medialive';

/** An alert of a running channel that is set now. */
export interface SetAlert {
  /** Wording of MediaLive, such as `Video Not Detected`. */
  readonly type: string;
  readonly pipeline: string;
  /** Time at which it was set, in milliseconds since 1970. */
  readonly setAt: number;
}

/** Makes a function that lists the alerts of a channel that are set now. */
export function setAlerts(client: MediaLiveClient): (channelId: string) => Promise<readonly SetAlert[]> {
  return async (channelId) => {
    const alerts: SetAlert[] = [];
    for await (const { Alerts = [] } of paginateListAlerts({ client }, { ChannelId: channelId, StateFilter: 'SET' })) {
      for (const { AlertType: type = '', PipelineId: pipeline = '0', SetTimestamp } of Alerts) {
        if (SetTimestamp !== undefined) alerts.push({ type, pipeline, setAt: SetTimestamp.getTime() });
      }
    }
    return alerts;
  };
}
