/**
 * Returns the command with which a producer switches a running channel to another of its inputs at once. The name of an
 * action is taken for as long as the action is in the schedule, so it contains the time.
 *
 * @see https://docs.aws.amazon.com/medialive/latest/ug/ips-switch-schedule.html
 */
export function switchCommand(channelId: string, attachmentName: string, region: string): string {
  const action = JSON.stringify({
    ActionName: `to-${attachmentName}-TIME`,
    ScheduleActionStartSettings: { ImmediateModeScheduleActionStartSettings: {} },
    ScheduleActionSettings: { InputSwitchSettings: { InputAttachmentNameReference: attachmentName } },
  }).replace('TIME', `'$(date +%s)'`);
  return `aws medialive batch-update-schedule --region ${region} --channel-id ${channelId} --creates '{"ScheduleActions":[${action}]}'`;
}
