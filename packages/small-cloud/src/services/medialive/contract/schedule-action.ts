/** An action of a channel's schedule, in the API's form. */
export interface ScheduleAction {
  readonly actionName: string;
  readonly scheduleActionStartSettings: unknown;
  readonly scheduleActionSettings: { readonly inputSwitchSettings: { readonly inputAttachmentNameReference: string } };
}
