/** An action of a channel's schedule, as the API has it. */
export interface ScheduleAction {
  readonly actionName: string;
  readonly scheduleActionStartSettings: unknown;
  readonly scheduleActionSettings: { readonly inputSwitchSettings: { readonly inputAttachmentNameReference: string } };
}
