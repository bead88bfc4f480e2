import { z } from 'zod';
import { field } from './field';

const SEE =
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-medialive-channel-inputlossbehavior.html';

/** How a lost input is bridged before the stream pauses. */
export const inputLossSchema = z
  .strictObject({
    repeatSeconds: field(z.number().min(0).max(900).default(1), {
      what: 'For how long the last picture is repeated when the input is lost.',
      unit: 'seconds',
      effect: 'Higher hides short losses, and shows a still picture to viewers for longer.',
      see: SEE,
    }),
    blackSeconds: field(z.number().min(0).max(900).default(1), {
      what: 'For how long black is shown after that. Then the stream pauses, and the player says that it has stopped.',
      unit: 'seconds',
      effect: 'Higher keeps players connected for longer without a picture.',
      see: SEE,
    }),
  })
  .default({ repeatSeconds: 1, blackSeconds: 1 });
